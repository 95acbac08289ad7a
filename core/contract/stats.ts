/** 公开数据: what anybody may know of how the platform does. */
import { type Static, Type } from '@sinclair/typebox'
import { Day, Instant, Nullable, closed } from './wire'

const count = (description: string) => Type.Integer({ minimum: 0, description })

const Levels = Type.Array(Type.Integer({ minimum: 0 }), {
  minItems: 5, maxItems: 5, description: 'ratings by level: 1 star first',
})

/** Null: fewer than may be told on their own. */
export const Figures = Type.Object(
  {
    cases: Nullable(
      Type.Object(
        {
          finished: count('cases whose items have all ended'),
          onTime: count('of these, on or before the promised day'),
          averageDays: Nullable(
            Type.Number({ description: 'working days from acceptance to the last result' }),
          ),
        },
        closed,
      ),
    ),
    ratings: Nullable(Levels),
  },
  closed,
)

const Part = Type.Object({ id: Type.String(), name: Type.String(), figures: Figures }, closed)

export const PublicStats = Type.Object(
  {
    countedAt: Instant,
    from: Day,
    smallestGroup: Type.Integer({ description: 'fewer than this are not told on their own' }),
    whole: Figures,
    itemRatings: Nullable(Levels),
    topics: Type.Array(Part),
    counties: Type.Array(Part),
    rectifications: Nullable(
      Type.Object(
        {
          opened: count('low ratings to put right'),
          done: count('answered, and the answer confirmed by supervision'),
          inTime: count('of these, without missing a day'),
          satisfied: count('of which the citizen said so'),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type Figures = Static<typeof Figures>
export type PublicStats = Static<typeof PublicStats>
