import Taro from '@tarojs/taro'

/** Whether the phone can be told by WeChat at all. */
export const canSubscribe = true

/**
 * WeChat's own prompt for one message of each of these templates, at most three; only from a tap.
 * @returns the templates that were allowed; none when the prompt was closed or is switched off
 */
export async function askToSubscribe(templates: readonly string[]): Promise<string[]> {
  // Alipay's entityIds are part of Taro's type, not of WeChat's.
  const asked = { tmplIds: [...templates], entityIds: [] }
  const answers = await Taro.requestSubscribeMessage(asked).catch(
    (error: { errCode?: number }) => {
      // 20004: the person has switched such messages off; 10004 and others are our own mistakes
      if (error.errCode === 20004) return {}
      throw error
    })
  const given: Readonly<Record<string, unknown>> = { ...answers }
  return templates.filter((template) => given[template] === 'accept')
}
