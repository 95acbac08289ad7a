/** What a submission needs of the signing: a signature of everybody, over exactly what is filed. */
import type { Countersignature } from '../../core/contract/signing'
import type { Topic } from '../../core/contract/topic'
import type { Plan } from '../../core/plan'
import { contentToSign } from '../../core/signing'
import type { Problem } from '../../core/validate'
import { mask } from '../../core/values'
import type { Db } from '../db/pool'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { contentHash, openAnswer } from './content'
import { findSigning, invitationsOf } from './store'

interface Submission {
  applicantId: string
  /** the draft's */
  requestId: string
  topic: Topic
  plan: Plan
  regionCode: string
  /** tidy */
  form: Readonly<Record<string, string>>
}

/** By signer id; a signer who is the applicant signs with the submission itself. */
export async function signaturesOf(
  db: Db,
  platform: Platform,
  { applicantId, requestId, topic, plan, regionCode, form }: Submission,
): Promise<{ signatures: Record<string, Countersignature>; missing: Problem[] }> {
  const signatures: Record<string, Countersignature> = {}
  if (plan.signers.length === 0) return { signatures, missing: [] }
  const hash = contentHash(contentToSign(topic, plan, { regionCode, form }))
  const signing = await findSigning(db, { applicantId, requestId })
  const rows = signing ? await invitationsOf(db, signing.id) : []
  const { idNumber: own } = await openPerson(db, platform, applicantId)
  const missing: Problem[] = []
  for (const signer of plan.signers) {
    if (form[signer.idNumber] === own) continue
    const row = rows.find((one) => one.signer_id === signer.id && one.state === 'signed')
    const signature = row && openAnswer(platform.keys, row).signature
    if (signature?.hash === hash) signatures[signer.id] = signature
    else {
      const name = mask('name', form[signer.name] ?? '')
      missing.push({
        field: `sign.${signer.id}`, code: 'EMPTY', text: `还差${signer.label}（${name}）签名。`,
      })
    }
  }
  return { signatures, missing }
}
