/** One keep-alive connection to the platform, as one phone has it. */
import { Agent, request } from 'node:http'

export interface Reply {
  status: number
  body: Buffer
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  token?: string
  json?: unknown
  /** already written JSON */
  text?: string
  bytes?: Buffer
}

export interface Client {
  /** @throws {Error} when there is no whole answer: the fate of the call is unknown */
  call(call: Call): Promise<Reply>
  close(): void
}

const TIMEOUT_MS = 20_000

export function openClient(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 4, noDelay: true })
  return {
    call: ({ method, path, token, json, text, bytes }) => new Promise((answer, fail) => {
      const written = text ?? (json === undefined ? undefined : JSON.stringify(json))
      const body = bytes ?? (written === undefined ? undefined : Buffer.from(written))
      const sent = request({
        host: '127.0.0.1', port, method, path, agent, timeout: TIMEOUT_MS,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body ? {
            'content-type': bytes ? 'application/octet-stream' : 'application/json',
            'content-length': body.length,
          } : {}),
        },
      }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          answer({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }))
        response.on('error', fail)
        response.on('aborted', () => fail(new Error('the answer was cut off')))
      })
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
      sent.on('error', fail)
      sent.end(body)
    }),
    close: () => agent.destroy(),
  }
}

/** @throws {Error} quoting what the platform said */
export function must<T>({ status, body }: Reply): T {
  if (status >= 300) throw new Error(`the platform said ${status} ${body.toString()}`)
  // Replies are held to the contract by the platform's own schemas.
  return JSON.parse(body.toString()) as T
}
