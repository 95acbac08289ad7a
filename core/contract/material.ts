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

/** 我的材料: one document of an earlier case. */
export const MyMaterial = Type.Object(
  {
    kind: Type.String({ description: 'id of the material in the catalogue' }),
    name: Type.String(),
    whose: Type.String(),
    ids: Type.Array(Id, { description: 'uploads, one a side or page, in order' }),
    usedOn: Instant,
    usedIn: Type.String({ description: 'title of the topic' }),
  },
  closed,
)
export const MyMaterials = Type.Object({ materials: Type.Array(MyMaterial) }, closed)

export type MyMaterial = Static<typeof MyMaterial>
export type MyMaterials = Static<typeof MyMaterials>
export type Upload = Static<typeof Upload>
export type UploadStart = Static<typeof UploadStart>
