/** Finding a topic: the words people use, what happened in a life, and what a search answers. */
import { type Static, Type } from '@sinclair/typebox'
import { TopicSchema } from './topic'
import { Slug, closed } from './wire'

const Word = Type.String({ minLength: 1, maxLength: 20 })
const Told = Type.String({ minLength: 2, maxLength: 40 })

const EventSchema = Type.Object(
  { title: Told, note: Type.Optional(Told), topic: Slug },
  { ...closed, description: 'something that happened, and the topic that handles it' },
)

const LifeGroupSchema = Type.Object(
  {
    id: Slug,
    title: Told,
    audience: TopicSchema.properties.audience,
    events: Type.Array(EventSchema, { minItems: 1 }),
  },
  closed,
)

/** catalogue/find.yaml. */
export const FindSource = Type.Object(
  {
    lookalikes: Type.Array(Type.String({ minLength: 2 }), {
      description: 'characters taken for each other; the first is the one meant',
    }),
    fillers: Type.Array(Word, { description: 'words of asking that tell nothing of the matter' }),
    words: Type.Array(Type.Array(Word, { minItems: 2 }), {
      description: 'everyday words that mean the same; a word may stand in several groups',
    }),
    life: Type.Array(LifeGroupSchema),
  },
  closed,
)

export const MOST_QUERY_LETTERS = 50

export const FindQuery = Type.Object(
  { q: Type.String({ maxLength: MOST_QUERY_LETTERS }) },
  closed,
)

export const Found = Type.Object(
  {
    topicId: Slug,
    why: Type.Array(Type.String(), { description: "the topic's own words that were meant" }),
  },
  closed,
)
export const FindReply = Type.Object(
  { found: Type.Array(Found, { maxItems: 8, description: 'best first' }) },
  closed,
)

export const LifeReply = Type.Object({ groups: Type.Array(LifeGroupSchema) }, closed)

export type FindSource = Static<typeof FindSource>
export type Found = Static<typeof Found>
export type FindReply = Static<typeof FindReply>
export type LifeGroup = Static<typeof LifeGroupSchema>
export type LifeReply = Static<typeof LifeReply>
