/** How a workbook leaves the server. */
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { XLSX } from './workbook'

export const Workbook = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

export function asWorkbook<Reply extends Pick<FastifyReply, 'header'>>(
  reply: Reply,
  { plain, name }: { plain: string; name: string },
): Reply {
  const file = encodeURIComponent(name)
  reply.header('content-type', XLSX)
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${file}`)
  return reply
}
