/** What a page can still do while there is no network, by its name. */

const FILLS = '网络不通。可以继续填写，内容先存在手机上，联网后自动保存。'
const KEPT = '网络不通。看过的内容还能看，联网后会自动更新。'
const ASKS = '网络不通。这里要联网才能办，请稍后再试。'

/** Kept on the phone on every change, and sent later. */
const FILLING: ReadonlySet<string> =
  new Set(['questions', 'form', 'materials', 'check', 'correction', 'help'])
/** Nothing of them is kept: they only ask the platform. */
const ASKING: ReadonlySet<string> = new Set([
  'login', 'identity', 'sign', 'signers', 'countersign', 'rating', 'booking', 'verify', 'find',
  'change-phone', 'close-account', 'devices', 'preferences', 'my-data', 'access-log',
  'documents', 'pick-up',
])

export function offlineWords(page: string | undefined): string {
  if (page && FILLING.has(page)) return FILLS
  return page && ASKING.has(page) ? ASKS : KEPT
}
