/** catalogue/issuers.yaml: by which code each unit signs what it issues. */
import { type Static, Type } from '@sinclair/typebox'
import { RegionCode, Sentence, Slug, Day, closed } from './wire'

export const IssuersSource = Type.Object(
  {
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
    source: Sentence,
    checkedOn: Day,
    units: Type.Array(
      Type.Object(
        {
          region: RegionCode,
          department: Slug,
          creditCode: Type.String({ description: '统一社会信用代码 (GB 32100)' }),
          sample: Type.Optional(Type.Boolean({ description: 'made up: never used in earnest' })),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type IssuersSource = Static<typeof IssuersSource>
