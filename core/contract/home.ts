/** What the app loads at launch. */
import { type Static, Type } from '@sinclair/typebox'
import { HallSchema, LocalFieldsSchema } from './hall'
import { TopicSchema } from './topic'
import { Instant, Nullable, OneOf, RegionCode, closed } from './wire'

/** What a topic is told by at a glance, where many are listed; decoration beside its title. */
export const TOPIC_ICONS = [
  'shop', 'meal', 'people', 'baby', 'book', 'bag', 'rings', 'heart', 'house', 'bolt',
  'document', 'person', 'clock', 'location',
] as const

/** catalogue/icons.yaml: topic id → icon. No part of a topic's content: a version has none. */
export const IconsSource = Type.Record(Type.String(), OneOf(TOPIC_ICONS))

export const TopicBrief = Type.Object(
  {
    id: TopicSchema.properties.id,
    number: TopicSchema.properties.number,
    version: TopicSchema.properties.version,
    title: Type.String(),
    summary: Type.String(),
    audience: TopicSchema.properties.audience,
    stage: Type.String(),
    lead: Type.String({ description: 'name of the lead department' }),
    items: Type.Integer(),
    departments: Type.Integer(),
    icon: OneOf(TOPIC_ICONS),
  },
  closed,
)

export const Topics = Type.Object({ topics: Type.Array(TopicBrief) }, closed)

/** A place one can act in: a region of GB/T 2260, or a zone filed under one. */
export const Region = Type.Object(
  {
    code: RegionCode,
    zone: Nullable(Type.String({ description: 'own id of a place without a code of its own' })),
    name: Type.String(),
    nameUg: Nullable(Type.String({ description: 'draft until a translator confirms it' })),
    halls: Type.Array(HallSchema),
    items: Type.Record(Type.String(), LocalFieldsSchema, {
      description: 'by item id, what differs from the hall',
    }),
  },
  closed,
)
export const Regions = Type.Object({ regions: Type.Array(Region) }, closed)

/** What can wait for a citizen, the most urgent first. */
export const WAITING_KINDS = [
  'correction', 'signature', 'rectification', 'ticket', 'result', 'rating', 'draft', 'progress',
] as const

/** What waits for the citizen, most urgent first. */
export const HomeTask = Type.Object(
  {
    kind: OneOf(WAITING_KINDS),
    title: Type.String(),
    text: Type.String(),
    caseId: Nullable(Type.String()),
    topicId: Nullable(Type.String({ description: 'of a call for help there may be none' })),
    ticketId: Nullable(Type.String()),
    code: Nullable(Type.String({ description: 'opens the invitation to sign' })),
    late: Type.Boolean({ description: 'something in it is over its promised day' }),
    at: Instant,
  },
  closed,
)

export const Home = Type.Object(
  {
    topics: Type.Array(TopicBrief),
    tasks: Type.Array(HomeTask, { description: 'empty when not signed in' }),
    unread: Type.Integer(),
    today: Type.String({ description: 'calendar day in Asia/Shanghai' }),
  },
  closed,
)

/** GET /v1/calendar: the working days, so that dates can be told offline. */
export const Calendar = Type.Object({}, { additionalProperties: true })

export type TopicIcon = (typeof TOPIC_ICONS)[number]
export type IconsSource = Static<typeof IconsSource>
export type TopicBrief = Static<typeof TopicBrief>
export type Region = Static<typeof Region>
export type Home = Static<typeof Home>
export type HomeTask = Static<typeof HomeTask>
