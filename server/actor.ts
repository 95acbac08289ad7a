/** Who is calling. Made once per request by server/app.ts from the token or the signature. */
import type { StaffRole } from '@core/contract/session'
import type { Duty } from '@core/duty'
import type { MandateKind, Scope } from '@core/mandate'

/** On whose behalf a citizen acts is their `id` then; who really acts, and how far, is here. */
export interface Acting extends Scope {
  mandateId: string
  agentId: string
  kind: MandateKind
}

export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'citizen'; id: string; verified: boolean; acting?: Acting }
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
