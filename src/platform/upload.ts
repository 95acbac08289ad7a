import Taro from '@tarojs/taro'
import { apiUrl } from './origin'
import { accept, type Reply, unanswered } from './request'

export interface SendOptions {
  /** PUT unless said. */
  method?: 'PUT' | 'POST'
  token?: string
  headers?: Record<string, string>
  /** Parts from 0 to 1. In WeChat only 1, at the end: keep the parts small. */
  onProgress?: (part: number) => void
  timeoutMs?: number
}

/** Sends bytes as they are. @throws {RequestFailed} as request() does */
export async function sendBytes<Body>(
  path: string, bytes: ArrayBuffer, options: SendOptions = {},
): Promise<Reply<Body>> {
  const { token, headers, onProgress, method = 'PUT', timeoutMs = 60_000 } = options
  const task = Taro.request<unknown>({
    url: apiUrl(path),
    method,
    data: bytes,
    timeout: timeoutMs,
    header: {
      'Content-Type': 'application/octet-stream',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  })
  const reply = await task.catch((error: { errMsg?: string }) => {
    throw unanswered(/timeout/i.test(error.errMsg ?? '') ? 'TIMEOUT' : 'OFFLINE')
  })
  onProgress?.(1)
  return accept<Body>(reply.statusCode, reply.data, reply.header ?? {})
}
