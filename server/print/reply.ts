/** How a printed document leaves the server. */
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'

export const Pdf = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** Printing costs a hundred times what other reads do. */
export const PRINTS_A_MINUTE = 60

/** The headers of a document: opened, and named for whoever saves it. */
export function asDocument<Reply extends Pick<FastifyReply, 'header'>>(
  reply: Reply,
  { plain, name }: { plain: string; name: string },
): Reply {
  const file = encodeURIComponent(name)
  reply.header('content-type', 'application/pdf')
  reply.header('content-disposition', `inline; filename="${plain}"; filename*=UTF-8''${file}`)
  return reply
}
