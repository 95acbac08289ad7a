/** The answer to a correction while it is given: sealed on the phone, gone when it is sent. */
import type { Ask, CaseContent } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { answerCorrection } from '@core/correction'
import { type PlannedField, labelOf } from '@core/form'
import { type PlannedMaterial, type Supply, wireSupply } from '@core/materials'
import { rowed } from '@core/lists'
import { makePlan } from '@core/plan'
import type { Problem } from '@core/validate'
import { create } from 'zustand'
import { now, today } from '@/platform/clock'
import { readSecret, removeSecret, writeSecret } from '@/platform/secret-storage'
import { act } from './cases'
import { useSession } from './session'
import { dropShots } from './uploads'

export interface Answered {
  form: Readonly<Record<string, string>>
  /** certificates and declarations; photos are in the uploads */
  materials: Readonly<Record<string, Supply>>
}

const BLANK: Answered = { form: {}, materials: {} }
/** One answer a round: what was typed for an earlier round answers nothing now. */
const nameOf = (caseId: string, round: number) => `correction-${caseId}-${round}`

export const useCorrections = create<{ byName: Readonly<Record<string, Answered>> }>()(() => ({
  byName: {},
}))

export function useAnswered(caseId: string, round: number): Answered {
  const name = nameOf(caseId, round)
  return useCorrections(({ byName }) => byName[name]) ?? BLANK
}

/** Reads back what was typed before the app was closed. */
export function recallAnswer(caseId: string, round: number) {
  const name = nameOf(caseId, round)
  if (useCorrections.getState().byName[name]) return
  const stored = readSecret<Answered>(name, now())
  if (stored) put(name, stored)
}

export function answerField(caseId: string, round: number, key: string, value: string) {
  change(nameOf(caseId, round), ({ form, materials }) => (
    { form: { ...form, [key]: value }, materials }
  ))
}

/** A certificate or declaration; undefined takes it back. */
export function answerMaterial(
  { caseId, round, key }: { caseId: string; round: number; key: string },
  supply: Supply | undefined,
) {
  change(nameOf(caseId, round), ({ form, materials }) => {
    const { [key]: _old, ...rest } = materials
    return { form, materials: supply ? { ...rest, [key]: supply } : rest }
  })
}

/** An ask with what it is about, as the form and the material list know it. */
export interface AskedThing {
  ask: Ask
  /** exactly one of the two, unless the topic no longer knows it */
  field?: PlannedField
  material?: PlannedMaterial
}

/** The asks with the fields and materials they name; also those a logged override added. */
export function askedThings(
  topic: Topic,
  { answers, form }: CaseContent,
  asks: readonly Ask[],
): AskedThing[] {
  const plan = makePlan(topic, { answers, form })
  const known = rowed(topic, form)
  const roleLabel = ({ role, row }: { role: string; row?: number }) =>
    labelOf(topic.roles.find(({ id }) => id === role)?.label ?? role, row)
  return asks.map((ask) => {
    const extra = { optional: false, certain: true }
    if (ask.kind === 'field') {
      const raw = known.fields.find(({ key }) => key === ask.key)
      const field = plan.form.find(({ key }) => key === ask.key) ??
        (raw && { ...raw, ...extra, roleLabel: roleLabel(raw), askedBy: [] })
      return { ask, field }
    }
    const raw = known.materials.find(({ key }) => key === ask.key)
    const material = plan.materials.find(({ key }) => key === ask.key) ?? (raw && {
      ...raw, ...extra, roleLabel: roleLabel(raw), askedBy: [], fromItem: undefined,
      relation: undefined,
    })
    return { ask, material }
  })
}

/** Whose and what, e.g. 母亲的居民户口簿. */
export function thingName({ field, material }: AskedThing): string {
  const thing = field ? { whose: field.roleLabel, what: field.label }
    : { whose: material?.roleLabel ?? '', what: material?.name ?? '材料' }
  return thing.whose ? `${thing.whose}的${thing.what}` : thing.what
}

interface Judging {
  topic: Topic
  asks: readonly Ask[]
  content: CaseContent
  given: Answered
}

/** What is still wrong, by the same rules as the server's. */
export function correctionProblems({ topic, asks, content, given }: Judging): Problem[] {
  return answerCorrection({
    topic,
    asks,
    before: content,
    given,
    planOf: (form) => makePlan(topic, { answers: content.answers, form }),
    today: today(),
  }).problems
}

/** Sends the answer; a retry of the same answer is one act. @throws {Refused} */
export async function sendAnswer(caseId: string, round: number, given: Answered): Promise<void> {
  await act(caseId, { do: 'resubmit', form: { ...given.form }, materials: writable(given) })
  const name = nameOf(caseId, round)
  removeSecret(name)
  dropShots(caseId)
  useCorrections.setState(({ byName }) => {
    const { [name]: _sent, ...rest } = byName
    return { byName: rest }
  })
}

function writable({ materials }: Answered) {
  return Object.fromEntries(Object.entries(materials).map(([key, supply]) =>
    [key, wireSupply(supply)]))
}

function change(name: string, alter: (before: Answered) => Answered) {
  const answered = alter(useCorrections.getState().byName[name] ?? BLANK)
  put(name, answered)
  void writeSecret(name, answered, now())
}

function put(name: string, answered: Answered) {
  useCorrections.setState(({ byName }) => ({ byName: { ...byName, [name]: answered } }))
}

useSession.subscribe(({ token }) => {
  if (!token) useCorrections.setState({ byName: {} })
})
