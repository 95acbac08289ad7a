/** The network of a phone: it may be slow, gone, lose an answer or break off in the middle. */
import { request } from 'node:http'
import { keepTemporary } from './wx-files'
import { type Answered, asynchronous, Failed, type Options, type World } from './wx'

/** What befalls one request. */
export type Trouble =
  | 'gone'
  /** sent and done, its answer lost */
  | 'answer-lost'
  /** broken off when half of the body was sent */
  | 'cut'
  /** never answered */
  | 'hangs'
  | { slowMs: number }

export interface Asked {
  method: string
  path: string
}

const WHY: Record<'gone' | 'answer-lost' | 'cut', string> = {
  gone: 'net::ERR_INTERNET_DISCONNECTED',
  'answer-lost': 'net::ERR_CONNECTION_RESET',
  cut: 'net::ERR_CONNECTION_ABORTED',
}

type Body = string | Uint8Array<ArrayBuffer> | undefined

function bodyOf(data: unknown): Body {
  if (data === undefined || data === null || data === '') return undefined
  if (typeof data === 'string') return data
  const isBytes = Object.prototype.toString.call(data) === '[object ArrayBuffer]'
  // of the app's realm, hence no instanceof
  return isBytes ? new Uint8Array(data as ArrayBuffer) : JSON.stringify(data)
}

function lowered(header: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(header)).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

interface Sent {
  url: string
  method: string
  headers: Record<string, string>
  body: Body
  timeoutMs: number
}

async function send({ url, method, headers, body, timeoutMs }: Sent): Promise<Answered> {
  const reply = await fetch(url, {
    method, headers, body, signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    throw new Failed(error.name === 'TimeoutError' ? 'timeout' : error.message)
  })
  const bytes = Buffer.from(await reply.arrayBuffer())
  return { statusCode: reply.status, header: Object.fromEntries(reply.headers), bytes }
}

/** Half of the body reaches the server, then the line breaks. */
function sendHalf({ url, method, headers, body = '' }: Sent): Promise<void> {
  const bytes = Buffer.from(body)
  return new Promise((resolve) => {
    const call = request(url, {
      method, headers: { ...headers, 'content-length': bytes.length },
    })
    call.on('error', () => resolve()) // it was broken off on purpose
    call.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
      setTimeout(() => call.destroy(), 20)
      setTimeout(resolve, 40)
    })
  })
}

async function ask(world: World, options: Options): Promise<Answered> {
  const { pathname, search } = new URL(String(options.url))
  const method = String(options.method ?? 'GET')
  const sent: Sent = {
    url: `${world.server}${pathname}${search}`,
    method,
    // WeChat sends this type unless told otherwise, with or without a body
    headers: { 'content-type': 'application/json', ...lowered(options.header) },
    body: method === 'GET' ? undefined : bodyOf(options.data),
    timeoutMs: Number(options.timeout ?? 60_000),
  }
  const note = (outcome: string | number) => world.calls.push(`${method} ${pathname} ${outcome}`)
  const trouble = world.online ? world.trouble?.({ method, path: pathname }) : 'gone'
  if (trouble === 'hangs') {
    note(trouble)
    return new Promise(() => undefined)
  }
  world.asked += 1
  try {
    if (trouble === 'gone' || trouble === 'cut') {
      if (trouble === 'cut') await sendHalf(sent)
      note(trouble)
      throw new Failed(WHY[trouble])
    }
    if (typeof trouble === 'object') {
      await new Promise((resolve) => setTimeout(resolve, trouble.slowMs))
    }
    const answer = await send(sent)
    note(trouble === 'answer-lost' ? trouble : answer.statusCode)
    if (trouble === 'answer-lost') throw new Failed(WHY[trouble])
    return answer
  } finally {
    world.answered += 1
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // as WeChat does
  }
}

type Heard = (now: { isConnected: boolean; networkType: string }) => void

/** The network part of `wx`. */
export function network(world: World): Record<string, unknown> {
  const listeners = new Set<Heard>()
  const state = () => ({
    isConnected: world.online, networkType: world.online ? 'wifi' : 'none',
  })
  world.connect = (online) => {
    world.online = online
    listeners.forEach((tell) => world.guarded(() => tell(world.toApp(state()) as never)))
  }
  return {
    request: (options: Options) => {
      asynchronous(world, 'request', async () => {
        const { bytes, ...reply } = await ask(world, options)
        return { ...reply, data: parsed(bytes.toString()) }
      })(options)
      return { abort: () => undefined }
    },
    downloadFile: (options: Options) => {
      asynchronous(world, 'downloadFile', async () => {
        const { bytes, ...reply } = await ask(world, options)
        const path = String(options.filePath ?? keepTemporary(world, bytes, 'bin'))
        world.files.set(path, bytes)
        return { ...reply, filePath: path, tempFilePath: path }
      })(options)
      return { abort: () => undefined }
    },
    getNetworkType: asynchronous(world, 'getNetworkType', () => state()),
    onNetworkStatusChange: (tell: Heard) => void listeners.add(tell),
    offNetworkStatusChange: (tell?: Heard) =>
      (tell ? void listeners.delete(tell) : listeners.clear()),
  }
}
