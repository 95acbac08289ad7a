/** Optional words of an item that its law decides; each absent: the law knows no such thing. */
import { Type } from '@sinclair/typebox'
import { closed } from './wire'

const law = { law: Type.String(), article: Type.String() }

/** 延期 */
export const Extendable = Type.Optional(
  Type.Object(
    { days: Type.Integer({ minimum: 1, maximum: 30 }), ...law },
    { ...closed, description: 'the most working days to be added, once' },
  ),
)

/** What an electronic certificate is registered as, beyond its name. */
export const RegisteredAs = {
  typeCode: Type.Optional(
    Type.Object(
      {
        code: Type.String({ pattern: '^[0-9A-Z]{4,30}$' }),
        sample: Type.Optional(Type.Boolean({ description: 'made up: never used in earnest' })),
      },
      { ...closed, description: '证照类型代码 of the licence library' },
    ),
  ),
  validity: Type.Optional(
    Type.Object(
      { months: Type.Integer({ minimum: 1, maximum: 600 }), ...law },
      { ...closed, description: '有效期, from the day of issue; absent: for good' },
    ),
  ),
}
