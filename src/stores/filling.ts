/** What a page of the way through a topic needs: the topic, the draft, and the plan they make. */
import type { Topic } from '@core/contract/topic'
import { type FormPage, type KnownPeople, inputsAPage, pagesOf, prefill, suggest } from '@core/form'
import { type PlannedMaterial, toSupply } from '@core/materials'
import { type Plan, makePlan } from '@core/plan'
import { Refused } from '@core/refusal'
import { type Problem, checkForm, checkMaterials } from '@core/validate'
import { useEffect, useMemo, useRef, useState } from 'react'
import { asRefused } from '@/api/client'
import { getCertificates } from '@/api/session'
import { today } from '@/platform/clock'
import { type Draft, draftOf, fill, openDraft, setDraft, supply, useDrafts } from './drafts'
import { useInSight } from './in-sight'
import { mayDo, usePersona } from './persona'
import { setShared, token, useSession } from './session'
import { useSettings } from './settings'
import { keptTopic, refreshTopic, useTopics } from './topics'

export interface Filling {
  topic: Topic
  draft: Draft
  plan: Plan
  pages: readonly FormPage[]
  /** what has to be photographed, linked or declared */
  wanted: readonly PlannedMaterial[]
}

/** A link that lost its parameters names no topic. */
const NO_TOPIC = new Refused('NOT_FOUND')
/** Not among the topics of whom one acts for. */
const NOT_ENTRUSTED = new Refused('NOT_WHILE_ACTING')

/** The topic: the kept copy at once, then the newest. */
export function useTopic(topicId: string): { topic: Topic | undefined; refused?: Refused } {
  const topic = useTopics(({ byId }) => byId[topicId]?.topic) ?? keptTopic(topicId)
  const [refused, setRefused] = useState<Refused>()
  useEffect(() => {
    if (topicId) refreshTopic(topicId).catch((error: unknown) => setRefused(asRefused(error)))
  }, [topicId])
  return { topic, refused: topic ? undefined : topicId ? refused : NO_TOPIC }
}

/** Opens the draft of a topic (this phone's, the server's, or a new one) and plans it. */
export function useFilling(topicId: string): { filling: Filling | undefined; refused?: Refused } {
  const { topic, refused } = useTopic(topicId)
  const draft = useShownDraft(topicId)
  const signedIn = useSession(({ token }) => token)
  const entrusted = usePersona(({ acting }) => mayDo(acting, topicId, 'read'))
  const [failed, setFailed] = useState<Refused>()
  const version = topic?.version
  useEffect(() => {
    if (version === undefined || !entrusted) return
    const regionCode = useSettings.getState().region
    openDraft(topicId, { topicVersion: version, regionCode })
      .catch((error: unknown) => setFailed(asRefused(error)))
  }, [topicId, version, signedIn, entrusted])
  const elder = useSettings((settings) => settings.elder)
  const filling = useMemo(
    () => (topic && draft ? fillingOf(topic, draft, inputsAPage(elder)) : undefined),
    [topic, draft, elder],
  )
  if (!entrusted) return { filling: undefined, refused: NOT_ENTRUSTED }
  return { filling, refused: filling ? undefined : refused ?? failed }
}

/** A page that lies below another neither plans nor draws again with every letter typed there. */
function useShownDraft(topicId: string): Draft | undefined {
  const inSight = useInSight()
  const shown = useRef<Draft>()
  const draft = useDrafts(({ byTopic }) => (inSight ? byTopic[topicId] : shown.current))
  useEffect(() => {
    shown.current = draft
  }, [draft])
  return draft
}

/** The filling of a draft under a topic, its form cut into pages of so many inputs. */
export function fillingOf(topic: Topic, draft: Draft, perPage?: number): Filling {
  const { answers, form } = draft.body
  const plan = makePlan(topic, { answers, form })
  const pages = askedPages(topic, plan, perPage)
  return { topic, draft, plan, pages, wanted: toSupply(plan.materials) }
}

/**
 * Pages are cut by the answers alone: what is typed shows or hides a field, but never moves one
 * to another page while somebody is writing on it. A list is one page however many rows it has;
 * stores/rows.ts cuts a row's own pages in the same way.
 */
function askedPages(topic: Topic, { answers, form }: Plan, perPage?: number): FormPage[] {
  const asked = new Map(form.filter(({ certain }) => certain).map((field) => [field.key, field]))
  const steady = pagesOf(topic, makePlan(topic, { answers, form: {} }).form, perPage)
    .map((page) => ({
      ...page,
      fields: page.list
        ? [...asked.values()].filter(({ role }) => role === page.role)
        : page.fields.flatMap(({ key }) => asked.get(key) ?? []),
    }))
    .filter(({ fields }) => fields.length > 0)
  return steady.map((page) => {
    if (page.list) return page
    const same = steady.filter(({ role }) => role === page.role)
    const part = same.length > 1 ? `（${same.indexOf(page) + 1}/${same.length}）` : ''
    return { ...page, title: `${page.fields[0]!.roleLabel}信息${part}` }
  })
}

/** Problems of some fields (a page) or of the whole form, by today's rules. */
export function formProblems({ topic, plan, draft }: Filling, only?: readonly string[]): Problem[] {
  return checkForm({ topic, plan, form: draft.body.form, today: today() }, only)
}

/** Materials still missing. */
export function materialProblems({ plan, draft }: Filling): Problem[] {
  return checkMaterials(plan, draft.body.materials)
}

/**
 * Asks data share once a session what it knows, then fills empty fields and takes e-certificates
 * in place of photos. Never overwrites what was typed or photographed.
 * @throws {Refused} when the exchange does not answer: everything can still be typed
 */
export async function takeShared(topicId: string): Promise<void> {
  if (!token() || !useSession.getState().me?.verified) return
  const { acting } = usePersona.getState()
  const shared = useSession.getState().shared ??
    await getCertificates(acting || useSession.getState().atCounter ? topicId : undefined)
  setShared(shared)
  const topic = keptTopic(topicId)
  const draft = draftOf(topicId)
  if (!topic || !draft) return
  const { plan, wanted } = fillingOf(topic, draft)
  const { form, regionCode: region } = draft.body
  const { certified, likely } = broughtTo({ topic, plan, form, region }, shared.known)
  const empty = {
    ...untouched(form, likely),
    ...Object.fromEntries(Object.entries(certified).filter(([key]) => !form[key])),
  }
  if (Object.keys(empty).length > 0) fill(topicId, empty)
  for (const { key, certificate, relation } of wanted) {
    if (draftOf(topicId)?.body.materials[key]) continue
    const match = shared.certificates.find(
      ({ type, holder }) => type === certificate && holder === relation,
    )
    if (match) supply(topicId, key, { by: 'certificate', certificateId: match.id })
  }
}

interface Asked {
  topic: Topic
  plan: Plan
  form: Readonly<Record<string, string>>
  region: string | null
}

type Values = Readonly<Record<string, string>>

/** Values nobody typed, by field key. */
export interface Brought {
  /** as data share gave them */
  certified: Values
  /** suggested from that, from what was typed, or because most choose them */
  likely: Values
}

/** What certificates tell of the people of a form, and what is likely. */
export function broughtTo({ topic, plan, form, region }: Asked, known: KnownPeople): Brought {
  const { answers } = plan
  const certified = prefill(topic, plan.form, known, { answers, form })
  const facts = { answers, form: { ...certified, ...form } }
  return { certified, likely: suggest(topic, plan.form, { facts, region, me: known.me }) }
}

/** Of some values those of fields in which nothing was ever written: what was emptied stays so. */
export function untouched(form: Values, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => form[key] === undefined))
}

/** Before submitting: only what is still asked, under the version that was shown. */
export function pruneDraft({ topic, draft, plan, wanted }: Filling, topicId: string): void {
  const asked = new Set(plan.form.map(({ key }) => key))
  const keys = new Set(wanted.map(({ key }) => key))
  setDraft(topicId, {
    topicVersion: topic.version,
    answers: { ...plan.answers },
    form: only(draft.body.form, asked),
    materials: only(draft.body.materials, keys),
  })
}

function only<T>(
  values: Readonly<Record<string, T>>,
  keys: ReadonlySet<string>,
): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)))
}
