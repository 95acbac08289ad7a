/** What is read, ticked and signed; where a refusal leads. */
import type { Countersigning } from '@core/contract/signing'
import type { Refused } from '@core/refusal'
import { useCallback, useState } from 'react'
import { asRefused } from '@/api/client'
import { declineSigning, getSigning, signSigning } from '@/api/signings'
import { once } from '@/stores/acts'
import { useLoaded } from '@/stores/loaded'
import { toSignature } from '@/components/signature'
import type { FieldProblem } from '@/ui/error-summary'
import { type Strokes, blankStrokes, isSigned } from '@/ui/strokes'

export const SIGNATURE = 'signature'

/** `again`: somebody who declined reads it once more */
export type Mode = 'reading' | 'declining' | 'again'

export const STATEMENTS = [
  {
    id: 'content', label: '我看清楚了，和我有关的内容是真的，我自愿签名',
    hint: '内容不实的，要承担相应的法律责任', missing: '请确认看清楚了内容。',
  },
  {
    id: 'sharing', label: '单独同意：把我的信息提供给上面列出的部门', hint: '只用来办理这次申请',
    missing: '不同意提供给部门就无法办理，请确认是否同意。',
  },
] as const

interface Values {
  agreed: readonly string[]
  strokes: Strokes
}

export function useCountersigning(code: string) {
  const load = useCallback(() => getSigning(code), [code])
  const { value, refused: notLoaded, again } = useLoaded(load)
  const [answered, setAnswered] = useState<Countersigning>()
  const [mode, setMode] = useState<Mode>('reading')
  const [values, setValues] = useState<Values>({ agreed: [], strokes: blankStrokes() })
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const view = answered ?? value

  const answer = (send: () => Promise<Countersigning>) => {
    setBusy(true)
    setRefused(undefined)
    send()
      .then((newer) => {
        setAnswered(newer)
        setMode('reading')
      })
      .catch((error: unknown) => {
        const why = asRefused(error)
        setRefused(why)
        if (why.code !== 'ACTION_NOT_ALLOWED') return
        setAnswered(undefined)
        setMode('reading')
        setValues({ agreed: [], strokes: blankStrokes() })
        again()
      })
      .finally(() => setBusy(false))
  }
  const sign = () => {
    const seen = view?.seen
    if (busy || !seen) return
    const found = missing(values)
    setProblems(found)
    setAttempt(attempt + 1)
    if (found.length > 0) return
    const body = {
      seen, consent: { content: true as const, sharing: true as const },
      signature: toSignature(values.strokes),
    }
    answer(() => once(`sign ${code} ${JSON.stringify(body)}`, (requestId) =>
      signSigning(code, { requestId, ...body })))
  }
  const decline = (reason: string) => {
    if (busy) return
    answer(() => once(`decline ${code} ${reason}`, (requestId) =>
      declineSigning(code, { requestId, reason })))
  }
  const change = (over: Partial<Values>) => setValues((now) => ({ ...now, ...over }))
  return {
    view, refused: refused ?? notLoaded, again, mode, setMode, values, change, problems, attempt,
    busy, sign, decline,
  }
}

function missing({ agreed, strokes }: Values): FieldProblem[] {
  return [
    ...STATEMENTS.filter(({ id }) => !agreed.includes(id))
      .map(({ id, missing: text }) => ({ field: id, text })),
    ...(isSigned(strokes) ? [] : [{ field: SIGNATURE, text: '请在签名框里手写姓名。' }]),
  ]
}
