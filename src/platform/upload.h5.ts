import { apiUrl } from './origin'
import { accept, type Reply, unanswered } from './request'
import type { SendOptions } from './upload'

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a proxy's HTML page: the status says the rest
  }
}

/** Sends bytes as they are. @throws {RequestFailed} as request() does */
export function sendBytes<Body>(path: string, bytes: ArrayBuffer, options: SendOptions = {}) {
  const { token, headers, onProgress, method = 'PUT', timeoutMs = 60_000 } = options
  return new Promise<Reply<Body>>((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open(method, apiUrl(path))
    call.timeout = timeoutMs
    call.setRequestHeader('Content-Type', 'application/octet-stream')
    if (token) call.setRequestHeader('Authorization', `Bearer ${token}`)
    Object.entries(headers ?? {}).forEach(([name, value]) => call.setRequestHeader(name, value))
    call.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0)
    call.onerror = () => reject(unanswered('OFFLINE'))
    call.ontimeout = () => reject(unanswered('TIMEOUT'))
    call.onload = () => {
      try {
        const header = { etag: call.getResponseHeader('ETag') }
        resolve(accept<Body>(call.status, bodyOf(call.responseText), header))
      } catch (refusal) {
        reject(refusal)
      }
    }
    call.send(bytes)
  })
}
