/** Who is calling. Made once per request by server/app.ts from the token or the signature. */
import type { CounterPurpose } from '@core/contract/counter'
import type { StaffRole } from '@core/contract/session'
import type { Duty } from '@core/duty'
import type { MandateKind, Scope } from '@core/mandate'

/** On whose behalf a citizen acts is their `id` then; who really acts, and how far, is here. */
export interface Acting extends Scope {
  mandateId: string
  agentId: string
  kind: MandateKind
}

/** 窗口代办: the citizen is at the window, the clerk enters for them this and nothing else. */
export interface Counter {
  id: string
  /** the only one under which a case can be filed in it */
  requestId: string
  /** request id of the draft it goes on with, and may read */
  draftId: string | null
  purpose: CounterPurpose
  staffId: string
  staffName: string
  topicId: string
  /** of the window */
  regionCode: string
  /** filed in it, or to be rated */
  caseId: string | null
}

export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'citizen'; id: string; verified: boolean; acting?: Acting; counter?: Counter }
  | {
      kind: StaffRole
      id: string
      name: string
      department: string | null
      region: string
      /** null: every duty of the role */
      duties: readonly Duty[] | null
    }
  /** a department's own system, known by its signature */
  | { kind: 'outside'; department: string; keyId: string }

export type Citizen = Extract<Actor, { kind: 'citizen' }>
export type StaffMember = Extract<Actor, { kind: StaffRole }>
export type OutsideSystem = Extract<Actor, { kind: 'outside' }>
