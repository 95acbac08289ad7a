/** 文书: the written notices of a case, and what checking a file tells. */
import { type Static, Type } from '@sinclair/typebox'
import { Instant, Nullable, OneOf, Slug, closed } from './wire'

export const CaseDocument = Type.Object(
  {
    name: Type.String({ description: 'of the file within its case, e.g. acceptance-2' }),
    title: Type.String(),
    number: Type.String(),
    at: Instant,
    itemId: Nullable(Slug),
  },
  closed,
)
export const CaseDocuments = Type.Object({ documents: Type.Array(CaseDocument) }, closed)

/** Whether a file is ours, letter for letter; and if it is, which. */
export const FileVerdict = Type.Object(
  {
    verdict: OneOf(['valid', 'revoked', 'changed', 'foreign'] as const),
    document: Nullable(Type.Object(
      {
        name: Type.String(), number: Type.String(), issuer: Type.String(), issuedAt: Instant,
        revokedAt: Nullable(Instant), sample: Type.Boolean(),
      },
      closed,
    )),
  },
  closed,
)

export type CaseDocuments = Static<typeof CaseDocuments>
export type CaseDocument = Static<typeof CaseDocument>
export type FileVerdict = Static<typeof FileVerdict>
