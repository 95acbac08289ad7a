/** What the app loads at launch. */
import { type Static, Type } from '@sinclair/typebox'
import { TopicSchema } from './topic'
import { Instant, Nullable, RegionCode, closed } from './wire'

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
  },
  closed,
)

export const Topics = Type.Object({ topics: Type.Array(TopicBrief) }, closed)

export const Region = Type.Object(
  {
    code: RegionCode,
    name: Type.String(),
    nameUg: Nullable(Type.String({ description: 'draft until a translator confirms it' })),
    hall: Nullable(
      Type.Object(
        {
          name: Type.String(),
          address: Type.String(),
          phone: Type.String(),
          hours: Type.String(),
          sample: Type.Boolean({ description: 'invented sample data' }),
        },
        closed,
      ),
    ),
  },
  closed,
)
export const Regions = Type.Object({ regions: Type.Array(Region) }, closed)

/** What waits for the citizen, most urgent first. */
export const HomeTask = Type.Object(
  {
    kind: Type.Union(
      ['correction', 'result', 'rating', 'draft', 'progress'].map((kind) => Type.Literal(kind)),
    ),
    title: Type.String(),
    text: Type.String(),
    caseId: Nullable(Type.String()),
    topicId: Type.String(),
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

export type TopicBrief = Static<typeof TopicBrief>
export type Region = Static<typeof Region>
export type Home = Static<typeof Home>
export type HomeTask = Static<typeof HomeTask>
