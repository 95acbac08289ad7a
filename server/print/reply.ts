/** How a file that was made for somebody leaves the server. */
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'

export const Binary = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
export const Pdf = Binary

/** Printing costs a hundred times what other reads do. */
export const PRINTS_A_MINUTE = 60

type Headed = Pick<FastifyReply, 'header'>

export interface Named {
  /** for whoever knows no other letters */
  plain: string
  name: string
}

/** The headers of a document: opened, and named for whoever saves it. */
export function asDocument<Reply extends Headed>(reply: Reply, named: Named): Reply {
  return asFile(reply, { ...named, type: 'application/pdf', shown: 'inline' })
}

/** @param shown  opened in the browser, or saved */
export function asFile<Reply extends Headed>(
  reply: Reply,
  { plain, name, type, shown }: Named & { type: string; shown: 'inline' | 'attachment' },
): Reply {
  const file = encodeURIComponent(name)
  reply.header('content-type', type)
  reply.header('content-disposition', `${shown}; filename="${plain}"; filename*=UTF-8''${file}`)
  return reply
}
