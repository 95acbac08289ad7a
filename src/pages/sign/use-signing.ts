/** What is signed, what is missing, and where a refusal leads. */
import type { Handover } from '@core/contract/case'
import { handoverProblems } from '@core/handover'
import type { Refused, RefusalCode } from '@core/refusal'
import type { Problem } from '@core/validate'
import { useState } from 'react'
import { replaceWith, startOver } from '@/platform/navigation'
import { asRefused } from '@/api/client'
import type { Filling } from '@/stores/filling'
import { submit } from '@/stores/submitting'
import type { FieldProblem } from '@/ui/error-summary'
import { type Strokes, blankStrokes, isSigned } from '@/ui/strokes'
import { aboutMinor } from './sharing'
import { toSignature } from '@/components/signature'

export const SIGNATURE = 'signature'

interface Statement {
  id: 'notice' | 'truth' | 'sharing' | 'minor'
  label: string
  hint?: string
  missing: string
}

const STATEMENTS: readonly Statement[] = [
  { id: 'notice', label: '我已看过一次告知单', missing: '请确认看过一次告知单。' },
  {
    id: 'truth', label: '填写的内容和材料都真实', hint: '内容不实的，要承担相应的法律责任',
    missing: '请确认内容和材料都真实。',
  },
  {
    id: 'sharing', label: '单独同意：把上面列出的信息提供给这些部门', hint: '只用来办理这次申请',
    missing: '不同意提供给部门就无法办理，请确认是否同意。',
  },
  {
    id: 'minor', label: '监护人同意：处理未成年人的信息', hint: '我是未成年人的监护人，或者受监护人委托',
    missing: '办理涉及未成年人的信息，请监护人确认。',
  },
]

interface Values {
  agreed: readonly string[]
  handover: Handover | undefined
  postTo: string
  strokes: Strokes
}

/** Refusals that lead to another page, where they are explained or settled. */
const LEADS_TO: Partial<Record<RefusalCode, string>> = {
  FORM_PROBLEMS: 'check',
  CATALOGUE_CHANGED: 'check',
  PLAN_STOPPED: 'check',
  DRAFT_CONFLICT: 'form',
  IDENTITY_REQUIRED: 'identity',
}

export function useSigning(filling: Filling) {
  const [values, setValues] = useState<Values>({
    agreed: [], handover: undefined, postTo: '', strokes: blankStrokes(),
  })
  const [attempt, setAttempt] = useState(0)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const minor = aboutMinor(filling)
  const statements = STATEMENTS.filter(({ id }) => id !== 'minor' || minor)

  const send = () => {
    if (busy) return
    const found = missing(values, { statements, form: filling.draft.body.form })
    setProblems(found)
    setAttempt(attempt + 1)
    setRefused(undefined)
    if (found.length > 0 || !values.handover) return
    setBusy(true)
    submit(filling, {
      consent: { notice: true, truth: true, sharing: true, ...(minor ? { minor: true } : {}) },
      signature: toSignature(values.strokes),
      handover: values.handover,
      ...(values.postTo.trim() && values.handover === 'post'
        ? { postTo: values.postTo.trim() } : {}),
    })
      .then(({ id }) => startOver('receipt', { id }))
      .catch((error: unknown) => setRefused(leave(filling.topic.id, asRefused(error))))
      .finally(() => setBusy(false))
  }
  const change = (over: Partial<Values>) => setValues((now) => ({ ...now, ...over }))
  return { values, change, problems, attempt, busy, refused, statements, send }
}

function missing(
  { agreed, handover, postTo, strokes }: Values,
  { statements, form }: {
    statements: readonly Statement[]
    form: Readonly<Record<string, string>>
  },
): FieldProblem[] {
  return [
    ...statements.filter(({ id }) => !agreed.includes(id))
      .map(({ id, missing: text }) => ({ field: id, text })),
    ...(handover ? [] : [{ field: 'handover', text: '请选择办好以后怎么领取。' }]),
    ...handoverProblems(handover ?? '', form, postTo),
    ...(isSigned(strokes) ? [] : [{ field: SIGNATURE, text: '请在签名框里手写姓名。' }]),
  ]
}

/** Nothing is wrong but that somebody else has not signed, or signed what it said before. */
function lacksSigners({ code, detail }: Refused): boolean {
  // the detail of this code carries the problems of core/validate
  const problems = code === 'FORM_PROBLEMS' ? (detail.problems ?? []) as readonly Problem[] : []
  return problems.length > 0 && problems.every(({ field }) => field.startsWith('sign.'))
}

/** Goes where the refusal is settled; one that is settled here is returned to be shown. */
function leave(topicId: string, refused: Refused): Refused | undefined {
  const page = lacksSigners(refused) ? 'signers' : LEADS_TO[refused.code]
  if (!page) return refused
  const comesBack = page !== 'check' && page !== 'signers'
  replaceWith(page, { topic: topicId, ...(comesBack ? { next: 'sign' } : {}) })
  return undefined
}
