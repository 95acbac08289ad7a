import Taro from '@tarojs/taro'
import { heardFromPlatform } from './network'
import { apiUrl } from './origin'
import { RequestFailed, unanswered } from './request'

/** The bytes of a file of ours. @throws {RequestFailed} as request() does */
export async function readBytes(path: string, token: string | undefined): Promise<ArrayBuffer> {
  const task = Taro.request<ArrayBuffer>({
    url: apiUrl(path),
    responseType: 'arraybuffer',
    timeout: 60_000,
    header: token ? { Authorization: `Bearer ${token}` } : {},
  })
  const { statusCode, data } = await task.catch(() => {
    throw unanswered('OFFLINE')
  })
  heardFromPlatform()
  if (statusCode === 404) throw new RequestFailed('NOT_FOUND', {}, statusCode)
  if (statusCode !== 200) throw new RequestFailed('INTERNAL', {}, statusCode)
  return data
}
