/** The tables of 0009_reach.sql. */
import type { AtOrNull } from './schema'

export interface WechatReach {
  person_id: string
  openid_sealed: Buffer | null
  refused_at: AtOrNull
}

export interface WechatGrants {
  person_id: string
  kind: string
  count: number
}

export interface ReachTables {
  wechat_reach: WechatReach
  wechat_grants: WechatGrants
}
