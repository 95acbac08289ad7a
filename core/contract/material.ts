/** Photographed materials: resumable upload in chunks, keyed by content. */
import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant, closed } from './wire'

export const CHUNK_BYTES = 256 * 1024
export const MAX_FILE_BYTES = 10 * 1024 * 1024

export const UploadStart = Type.Object(
  {
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'of the whole file' }),
    size: Type.Integer({ minimum: 1, description: 'bytes' }),
    name: Type.String({ maxLength: 200, description: 'shown back, never a path' }),
  },
  closed,
)

export const Upload = Type.Object(
  {
    id: Id,
    state: Type.Union(['receiving', 'ready', 'refused'].map((state) => Type.Literal(state))),
    chunkBytes: Type.Integer(),
    chunks: Type.Integer({ description: 'how many chunks make the file' }),
    received: Type.Array(Type.Integer(), { description: 'chunk numbers already here, from 0' }),
    type: Type.Optional(Type.String()),
    name: Type.String(),
    createdAt: Instant,
  },
  closed,
)

export const ChunkReceived = Type.Object({ received: Type.Integer() }, closed)

export type Upload = Static<typeof Upload>
export type UploadStart = Static<typeof UploadStart>
