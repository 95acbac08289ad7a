/** What an item waits for: other items, or time that must pass. */
import { Type } from '@sinclair/typebox'
import { closed } from './wire'

/** What must be done before a task may start. */
export type Need =
  | { item: string }
  | { all: Need[] }
  | { any: Need[] }
  | { wait: Wait }

/** Time that must pass: from acceptance on, or from the end of the item it comes `after`. */
export interface Wait {
  days: number
  unit: 'working-day' | 'day'
  label: string
  after?: string
  /** only where this item is part of the plan */
  given?: string
}

export const NeedSchema = Type.Unsafe<Need>(
  Type.Recursive(
    (Self) =>
      Type.Union([
        Type.Object({ item: Type.String() }, closed),
        Type.Object({ all: Type.Array(Self) }, closed),
        Type.Object({ any: Type.Array(Self) }, closed),
        Type.Object(
          {
            wait: Type.Object(
              {
                days: Type.Integer({ minimum: 1 }),
                unit: Type.Union([Type.Literal('working-day'), Type.Literal('day')]),
                label: Type.String(),
                after: Type.Optional(Type.String()),
                given: Type.Optional(Type.String()),
              },
              closed,
            ),
          },
          closed,
        ),
      ]),
    { $id: 'Need' },
  ),
)
