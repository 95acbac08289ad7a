/** The tables of 0019_editing.sql. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Changes, DraftState, TopicParts } from '../../core/editing'

type At = ColumnType<Date, Date | string, Date | string>

export interface TopicSources {
  topic_id: string
  version: number
  how: 'release' | 'desk' | 'along'
  draft_id: string | null
  body: JSONColumnType<TopicParts>
}

export interface CatalogueDrafts {
  id: string
  topic_id: string
  base_version: number
  from_version: number | null
  revision: number
  state: DraftState
  changes: JSONColumnType<Changes>
  editors: string[]
  saved_by: string
  saved_at: At
  approved_by: string | null
  published_by: string | null
  published_version: number | null
  created_at: At
}

export interface CatalogueEvents {
  draft_id: string
  seq: number
  at: At
  by_id: string
  by_name: string
  event: string
  note: string | null
}

export interface EditingTables {
  topic_sources: TopicSources
  catalogue_drafts: CatalogueDrafts
  catalogue_events: CatalogueEvents
}
