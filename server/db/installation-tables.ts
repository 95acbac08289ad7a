/** The table of 0020_installation.sql. */
import type { Generated } from 'kysely'
import type { At } from './schema'

/** One row, written by the first start. */
interface Installation {
  only_row: Generated<boolean>
  kind: 'real' | 'invented'
  since: At
}

export interface InstallationTables {
  installation: Installation
}
