/** 文书 and 证照: the written notices of a case, and what checking a paper tells. */
import { type Static, Type } from '@sinclair/typebox'
import { Day, Instant, Nullable, OneOf, Slug, closed } from './wire'

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

/** What the register says of an electronic certificate, but for its holder (GB/T 36903). */
export const CertificateFacts = Type.Object(
  {
    identifier: Type.String({ description: '证照标识' }),
    typeCode: Type.String({ description: '证照类型代码' }),
    issuerCode: Type.String({ description: '统一社会信用代码, or our own id of the department' }),
    validFrom: Day,
    validTo: Nullable(Day),
    sealed: Type.Boolean({ description: 'under an electronic seal (加盖电子印章)' }),
  },
  closed,
)

/** What a paper of ours is worth now. */
export const PAPER_STATES = [
  'valid',
  'expired', // its last day has passed
  'revoked', // by its department, with a reason
  'replaced', // by a later notice of the same kind
  'withdrawn', // the applicant has withdrawn what it was about
] as const

/** Which paper it is and what it is worth; never whom it is about nor what it says (S47). */
export const Verification = Type.Object(
  {
    kind: OneOf(['result', 'notice'] as const),
    state: OneOf(PAPER_STATES),
    since: Nullable(Day),
    name: Type.String(),
    number: Type.String(),
    holder: Type.String({ description: 'masked' }),
    issuer: Type.String(),
    issuedAt: Instant,
    certificate: Nullable(CertificateFacts),
    sample: Type.Boolean({ description: '样本: issued by a demonstration system' }),
  },
  closed,
)

/** Whether a file is ours, letter for letter; and if it is, which. */
export const FileVerdict = Type.Object(
  {
    verdict: OneOf([...PAPER_STATES, 'changed', 'foreign'] as const),
    document: Nullable(Verification),
  },
  closed,
)

export type CaseDocuments = Static<typeof CaseDocuments>
export type CaseDocument = Static<typeof CaseDocument>
export type CertificateFacts = Static<typeof CertificateFacts>
export type PaperState = (typeof PAPER_STATES)[number]
export type Verification = Static<typeof Verification>
export type FileVerdict = Static<typeof FileVerdict>
