/** What every noun's routes are written with. */
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyPluginAsync, FastifyTypeProvider, RawServerDefault } from 'fastify'
import { STAFF_ROLES } from '../core/contract/session'
import { Refusal, closed } from '../core/contract/wire'
import { MOST_ROWS } from '../core/counted'
import { Refused } from '../core/refusal'
import type { Actor, Citizen, OutsideSystem, StaffMember } from './actor'
import type { Platform } from './platform'
import type { Subject } from './policies'

/** Requests and replies are typed by their schemas. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown
  serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown
}

export type Routes = FastifyPluginAsync<{ platform: Platform }, RawServerDefault, SchemaTypes>

/** What any route may answer beside its own replies. */
export const refusals = { '4xx': Refusal, '5xx': Refusal }

/** One thing, by the id in its path. */
export const ById = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

/** How staff ask for a list page by page. */
export const Page = {
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_ROWS })),
}
/** Work lists look one case up by it. */
export const CaseNumber = Type.Optional(Type.String({ pattern: '^[A-Z0-9-]{6,40}$' }))
export const PAGE_SIZE = 20

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** of the session the call was made with */
    sessionHash: Buffer | undefined
    /** the body as it came, of signed calls only */
    rawBody: Buffer | undefined
    /**
     * Refuses as "not found" (S46) unless the route's policy lets this actor at one of the
     * subjects: the same object as seen from each case it is part of.
     */
    guard(...subjects: Subject[]): void
  }
}

/** @throws {Refused} NOT_ALLOWED if somebody else is calling */
export function citizenOf({ actor }: { actor: Actor }): Citizen {
  if (actor.kind !== 'citizen') throw new Refused('NOT_ALLOWED')
  return actor
}

/** The topics whoever acts for somebody may see; null: every one, as for people themselves. */
export function topicsSeen({ acting }: Citizen): readonly string[] | null {
  return acting?.topics ?? null
}

/** The session the call was made with. @throws {Refused} NOT_SIGNED_IN if there is none */
export function sessionOf({ sessionHash }: { sessionHash: Buffer | undefined }): Buffer {
  if (!sessionHash) throw new Refused('NOT_SIGNED_IN')
  return sessionHash
}

/** @throws {Refused} NOT_ALLOWED if somebody else is calling */
export function staffOf({ actor }: { actor: Actor }): StaffMember {
  if (isStaff(actor)) return actor
  throw new Refused('NOT_ALLOWED')
}

/** @throws {Refused} NOT_ALLOWED if somebody else is calling */
export function outsideOf({ actor }: { actor: Actor }): OutsideSystem {
  if (actor.kind !== 'outside') throw new Refused('NOT_ALLOWED')
  return actor
}

export function isStaff(actor: Actor): actor is StaffMember {
  return STAFF_ROLES.some((role) => role === actor.kind)
}
