/** The only place of the console that calls the platform. */
import type { Refusal, RefusalCode } from '@core/refusal'
import { keptSession } from './token'

const TIMEOUT_MS = 20_000

/** A refusal of the platform; OFFLINE and TIMEOUT where it could not be asked. */
export class RequestFailed extends Error implements Refusal {
  constructor(
    readonly code: RefusalCode,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(code)
    this.name = 'RequestFailed'
  }
}

/** What the platform found wrong with what was sent; nothing of any other refusal. */
export function problemsIn(failure: RequestFailed | undefined): { field: string; text: string }[] {
  const told = failure?.code === 'FORM_PROBLEMS' ? failure.detail.problems : undefined
  // the wire shape of this refusal
  return Array.isArray(told) ? told as { field: string; text: string }[] : []
}

interface Ear {
  /** the platform answered, or could not be reached */
  reached: (reached: boolean) => void
  signedOut: () => void
}
let ear: Ear | undefined

/** Who wants to know whether the platform is there and still knows us. */
export function listen(to: Ear): void {
  ear = to
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: object
  /** sent as it is, instead of a body */
  file?: Blob
  query?: Readonly<Record<string, string | number | undefined>>
  /** of the copy one has: a 304 comes back as undefined */
  etag?: string
  /** of what is known to take longer */
  timeoutMs?: number
}

/** @throws {RequestFailed} for everything but an answer of 2xx or 304 */
export async function request<Body>(path: string, options: RequestOptions = {}): Promise<Body> {
  const response = await send(path, options)
  // the platform holds its replies to the contract
  return await arrived(response.json()) as Body
}

/** The newer copy with its etag; undefined while one's own is still right. */
export async function requestNewer<Body>(
  path: string,
  etag: string | undefined,
): Promise<{ body: Body; etag: string | undefined } | undefined> {
  const response = await send(path, { etag })
  if (response.status === 304) return undefined
  // as above
  const body = await arrived(response.json()) as Body
  return { body, etag: response.headers.get('etag') ?? undefined }
}

/** A file, as an address for this page alone; whoever asked for it gives it back. */
export async function requestFile(path: string): Promise<{ url: string; type: string }> {
  const blob = await arrived((await send(path, {})).blob())
  return { url: URL.createObjectURL(blob), type: blob.type }
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', body, file, query = {}, etag, timeoutMs = TIMEOUT_MS } = options
  const given = Object.entries(query).flatMap(([name, value]) =>
    (value === undefined ? [] : [[name, String(value)]]))
  const search = new URLSearchParams(given).toString()
  const token = keptSession()?.token
  const response = await arrived(fetch(search ? `${path}?${search}` : path, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(file ? { 'content-type': file.type } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(etag ? { 'if-none-match': etag } : {}),
    },
    body: body ? JSON.stringify(body) : file,
    signal: AbortSignal.timeout(timeoutMs),
  }))
  ear?.reached(true)
  if (response.ok || response.status === 304) return response
  const refusal = await refusalOf(response)
  if (refusal.code === 'NOT_SIGNED_IN') ear?.signedOut()
  throw refusal
}

/** An answer, or its rest, that may be broken off on the way. @throws {RequestFailed} */
function arrived<Part>(part: Promise<Part>): Promise<Part> {
  return part.catch((error: unknown) => {
    ear?.reached(false)
    const late = error instanceof DOMException && error.name === 'TimeoutError'
    throw new RequestFailed(late ? 'TIMEOUT' : 'OFFLINE')
  })
}

async function refusalOf(response: Response): Promise<RequestFailed> {
  const text = await arrived(response.text())
  if (!response.headers.get('content-type')?.includes('json')) return new RequestFailed('INTERNAL')
  // the wire shape of every refusal; say() knows what to make of a strange code
  const { code, detail } = JSON.parse(text) as Partial<Refusal>
  return new RequestFailed(code ?? 'INTERNAL', { ...detail })
}

/** What a call failed with. @throws whatever is no failure of a call */
export function failureOf(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error
  throw error
}
