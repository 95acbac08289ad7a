/** How a workbook leaves the server. */
import type { FastifyReply } from 'fastify'
import { Binary, type Named, asFile } from '../print/reply'
import { XLSX } from './workbook'

export const Workbook = Binary

export function asWorkbook<Reply extends Pick<FastifyReply, 'header'>>(
  reply: Reply,
  named: Named,
): Reply {
  return asFile(reply, { ...named, type: XLSX, shown: 'attachment' })
}
