/** What every service is given: made in main.ts, or in a test. Nothing below reads env or clock. */
import type { FastifyBaseLogger } from 'fastify'
import type { BlobStore } from './blobs'
import type { LoadedCatalogue } from './catalogue/load'
import type { Config } from './config'
import type { KeyRing } from './crypto'
import type { Database } from './db/pool'
import type { Outside } from './outside'

export interface Platform {
  config: Config
  db: Database
  keys: KeyRing
  blobs: BlobStore
  catalogue: LoadedCatalogue
  outside: Outside
  now: () => Date
  /** UUIDv7: sorts by time */
  newId: () => string
  log: FastifyBaseLogger
}
