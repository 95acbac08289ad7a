/** 名单文件: an uploaded list, taken apart into cells and not kept. */
import { type Static, Type } from '@sinclair/typebox'
import { closed } from './wire'

const Cells = Type.Array(Type.String())

export const Table = Type.Object(
  {
    header: Type.Array(Type.String(), { description: 'first line of the file' }),
    rows: Type.Array(Cells, { description: 'the lines behind it; a blank one is an empty row' }),
  },
  closed,
)

export type Table = Static<typeof Table>
