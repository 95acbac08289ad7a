/** 语言帮助: catalogue/language/*.yaml and GET /v1/language/{code}. */
import { type Static, Type } from '@sinclair/typebox'
import { Day, OneOf, Slug, closed } from './wire'

export const LanguageCode = Type.String({ pattern: '^[a-z]{2,3}$', description: 'BCP 47' })

export const LanguageSource = Type.Object(
  {
    language: LanguageCode,
    name: Type.String({ minLength: 1, maxLength: 40 }),
    direction: OneOf(['rtl', 'ltr'] as const),
    letters: Type.String({ minLength: 1, description: 'of its orthography, with punctuation' }),
    status: OneOf(['draft', 'confirmed'] as const),
    checkedOn: Day,
    complete: Type.Array(Slug, { description: 'topics whose every word is there' }),
    messages: Type.Record(
      Type.String({ minLength: 1, maxLength: 500 }),
      Type.String({ minLength: 1, maxLength: 1000 }),
      { description: 'Chinese key → help; see core/language.ts' },
    ),
  },
  closed,
)

export type LanguageSource = Static<typeof LanguageSource>
