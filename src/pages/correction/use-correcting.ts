/** What is asked, what is answered so far, what is still wrong, and sending it. */
import type { CaseContent, CaseView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import type { Supply } from '@core/materials'
import type { Refused } from '@core/refusal'
import type { Problem } from '@core/validate'
import { useEffect, useMemo, useState } from 'react'
import { asRefused } from '@/api/client'
import { goBack } from '@/platform/navigation'
import {
  type Answered, type AskedThing, askedThings, correctionProblems, recallAnswer, sendAnswer,
  thingName, useAnswered,
} from '@/stores/corrections'
import { type Shot, useUploads } from '@/stores/uploads'
import { showToast } from '@/ui/toast'
import { partSigners, useSigningAgain } from './use-signing-again'

export interface Correcting {
  view: CaseView
  topic: Topic
  content: CaseContent
}

export function useCorrecting(correcting: Correcting) {
  const { view, topic, content } = correcting
  const { round = 0, asks = [] } = view.correction ?? {}
  const typed = useAnswered(view.id, round)
  const shots = useUploads((state) => state.shots).filter(({ topicId }) => topicId === view.id)
  const [told, setTold] = useState<readonly Problem[]>([])
  const [attempt, setAttempt] = useState(0)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const [missing, setMissing] = useState<readonly string[]>([])
  const tell = (problems: readonly Problem[]) => {
    setTold(problems.filter(({ field }, n) =>
      problems.findIndex((one) => one.field === field) === n))
    setAttempt((n) => n + 1)
  }
  const signing = useSigningAgain({
    correcting, form: typed.form, missing, onProblems: tell, onAsked: () => setMissing([]),
  })
  useEffect(() => recallAnswer(view.id, round), [view.id, round])
  const things = useMemo(() => askedThings(topic, content, asks), [topic, content, asks])

  const send = () => {
    if (busy) return
    const given = withPhotos(typed, shots)
    const found = [
      ...unfinished(shots),
      ...correctionProblems({ topic, asks, content, given })
        .map((problem) => named(problem, given, things)),
    ]
    tell(found)
    setRefused(undefined)
    if (found.length > 0) return
    setBusy(true)
    sendAnswer(view.id, round, given)
      .then(() => {
        showToast('补正已提交', 'done')
        goBack()
      })
      .catch((error: unknown) => {
        const why = asRefused(error)
        // the detail of this code carries the problems of core/validate
        if (why.code !== 'FORM_PROBLEMS') return setRefused(why)
        const found = partSigners((why.detail.problems ?? []) as Problem[])
        setMissing(found.missing)
        tell(found.wrong)
        if (found.missing.length > 0) showToast('还要请签过名的人重签', 'error')
      })
      .finally(() => setBusy(false))
  }
  return { round, things, typed, shots, problems: told, attempt, busy, refused, send, signing }
}

/** What was not touched at all is called by its name. */
function named(problem: Problem, given: Answered, things: readonly AskedThing[]): Problem {
  const { field: key } = problem
  const thing = things.find(({ ask }) => ask.key === key)
  if (!thing || key in given.form || key in given.materials) return problem
  return { ...problem, text: `请补正${thingName(thing)}。` }
}

/** What is sent: a row of photos counts once every one of them has arrived. */
function withPhotos({ form, materials }: Answered, shots: readonly Shot[]): Answered {
  const keys = [...new Set(shots.map(({ key }) => key))].filter((key) => !materials[key])
  const photos = keys.map((key): [string, Supply] => {
    const own = shots.filter((shot) => shot.key === key).sort((a, b) => a.place - b.place)
    const ids = own.flatMap(({ state }) => (state.is === 'done' ? [state.id] : []))
    return [key, { by: 'photos', ids }]
  })
  return { form, materials: { ...materials, ...Object.fromEntries(photos) } }
}

function unfinished(shots: readonly Shot[]): Problem[] {
  return shots.filter(({ state }) => state.is !== 'done').map(({ key, state }) => ({
    field: key,
    code: 'MISSING',
    text: state.is === 'failed' ? '有照片没传上，请重试或者重拍。' : '照片还没传完，请稍等。',
  }))
}
