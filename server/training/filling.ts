/**
 * A robot citizen's answers: any topic, filled in by the types of its fields and the checks between
 * them. Knows no topic. Everything is invented: ID numbers have sequence 000, which nobody holds.
 */
import { addDays, addMonths } from '../../core/clock'
import type { Check, Field, Topic } from '../../core/contract/topic'
import { rowed } from '../../core/lists'
import { type PlannedMaterial, type Supply, toSupply } from '../../core/materials'
import { breaks, nextSuchDay } from '../../core/must'
import { type Plan, makePlan, usualFacts } from '../../core/plan'
import { tidyAnswer } from '../../core/question'
import { keyParts, rowKey, rowsOfKey } from '../../core/rows'
import { evaluate } from '../../core/rule'
import { type Problem, checkForm } from '../../core/validate'
import { checkDigit11643, checkDigit32100, idNumberFacts } from '../../core/values'

type Values = Record<string, string>

export interface Situation {
  /** calendar day in Asia/Shanghai */
  today: string
  /** different people for different numbers, from 0 */
  seed: number
  /** answers wanted where these questions are asked; the first option otherwise */
  answers?: Readonly<Values>
  /** values wanted where these fields are asked */
  form?: Readonly<Values>
  /** rows wanted of each list; the least otherwise */
  rows?: Readonly<Record<string, number>>
}

export interface Filled {
  answers: Values
  form: Values
  plan: Plan
}

const MOST_ROUNDS = 20
const REGION = '653101'
/** Newborns and other minors of a robot family are this old. */
const MINOR_DAYS = 10
const FIRST_ADULT_BIRTH = '1980-01-01'
const ADULT_BIRTHS = 9_000
const ROLE_GAP = 1_234

/**
 * A complete, valid filling of a topic, materials left out.
 * @throws {Error} when the topic stops, or its checks contradict each other
 */
export function fillTopic(topic: Topic, situation: Situation): Filled {
  const answers = answerAll(topic, situation)
  const known = { ...situation, answers }
  let form: Values = rowsWanted(topic, situation)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const plan = makePlan(topic, { answers, form })
    if (plan.stops.length > 0) throw new Error(`${topic.id} stops: ${plan.stops[0]?.title}`)
    const problems = checkForm({ topic, plan, form, today: situation.today })
    if (problems.length === 0) {
      return { answers: { ...plan.answers }, form: asked(plan, form), plan }
    }
    form = { ...form, ...repaired(rowed(topic, form), { plan, form, problems }, known) }
  }
  throw new Error(`${topic.id}: no filling satisfies every check`)
}

/** Whether one person can file the usual situation: of several signers each would sign first. */
export function isSignedByOne(topic: Topic): boolean {
  return makePlan(topic, usualFacts(topic, { answers: {}, form: {} })).signers.length === 0
}

function asked(plan: Plan, form: Values): Values {
  return Object.fromEntries(plan.form.flatMap(({ key }) => (form[key] ? [[key, form[key]]] : [])))
}

/** The first field of each row wanted, so that the rows exist. */
function rowsWanted(topic: Topic, { rows = {} }: Situation): Values {
  return Object.fromEntries(Object.entries(rows).flatMap(([role, count]) => {
    const field = topic.fields.find((one) => one.role === role)
    return field ? [[rowKey(field.key, count), '']] : []
  }))
}

/** How each material a citizen must hand in is handed in; a photo a side. Optional ones too. */
export function supplyAll(
  plan: Plan,
  photo: (material: PlannedMaterial, side: number) => string,
): Record<string, Supply> {
  return Object.fromEntries(toSupply(plan.materials).map((material): [string, Supply] => [
    material.key,
    material.how === 'declaration'
      ? { by: 'declaration' }
      : { by: 'photos', ids: material.sides.map((_, side) => photo(material, side)) },
  ]))
}

/** A valid value of any field, also of those a department's result gives. */
export function anyValue(topic: Topic, field: Field, form: Values, situation: Situation): string {
  const wanted = situation.form?.[field.key] ?? situation.form?.[keyParts(field.key).key]
  if (wanted !== undefined) return wanted
  const { type, options, row = 0 } = field
  const tail = String(situation.seed + 100 * roleNumber(topic, field.role) + 5_000 * row)
  switch (type) {
    case 'choice': return options?.[0]?.value ?? ''
    case 'region': return options?.[0]?.value ?? REGION
    case 'number': return numberOf(topic, field)
    case 'phone': return `199${tail.padStart(8, '0')}`
    case 'idNumber': return idNumber(birthOf(topic, field, form, situation))
    case 'creditCode': return creditCode(tail)
    case 'certificateNumber': return `Y${tail.padStart(9, '0')}`
    case 'date': return birthOf(topic, field, form, situation)
    case 'datetime': return `${birthOf(topic, field, form, situation)} 08:30`
    case 'name': return `测试${hanNumber(Number(tail))}`
    case 'address': return `测试县测试路${tail}号院3单元202室`
    case 'text': return field.example ??
      '测试填写'.padEnd(field.minLength ?? 0, '例').slice(0, field.maxLength)
  }
}

function answerAll(topic: Topic, { answers: wanted = {} }: Situation): Values {
  const answers: Values = {}
  for (;;) {
    const { next } = makePlan(topic, { answers, form: {} })
    if (!next) return answers
    answers[next.id] = tidyAnswer(next, wanted[next.id]) ?? next.options[0]?.value ?? ''
  }
}

interface Judged {
  plan: Plan
  form: Values
  problems: readonly Problem[]
}

function repaired(topic: Topic, { plan, form, problems }: Judged, situation: Situation): Values {
  const wrong = new Set(problems.map(({ field }) => field))
  return Object.fromEntries(plan.form.filter(({ key }) => wrong.has(key)).map((field) => {
    const value = anyValue(topic, field, form, situation)
    return [field.key, obeying(topic, { plan, form, field, value }, situation)]
  }))
}

interface Obeying {
  plan: Plan
  form: Values
  field: Field
  value: string
}

/** Moves a value to where the checks on its field allow it. */
function obeying(
  topic: Topic,
  { plan, form, field, value }: Obeying,
  situation: Situation,
): string {
  const facts = { answers: plan.answers, form }
  const checks = topic.checks.filter((check) =>
    check.field === field.key && evaluate(check.when, facts) === 'yes')
  const twin = checks.some(({ must }) => 'differFrom' in must && form[must.differFrom] === value)
  if (twin) return anyValue(topic, field, form, { ...situation, seed: situation.seed + 1 })
  const own = checks.flatMap(({ must }) =>
    'matchIdNumber' in must ? [idNumberFacts(form[must.matchIdNumber] ?? '')] : [])[0]
  if (own && field.type === 'choice') return own.sex === 'male' ? '1' : '2'
  if (field.type === 'number') return amount(value, checks, form)
  if (field.type !== 'date' && field.type !== 'datetime') return value
  const day = own?.bornOn ?? clamp(value.slice(0, 10), checks, form, situation.today)
  return day + value.slice(10)
}

function amount(wanted: string, checks: readonly Check[], form: Values): string {
  return checks.reduce((value, { must }) => {
    if ('sumOf' in must) {
      const parts = rowsOfKey(must.sumOf, form).map((key) => Number(form[key]) || 0)
      return String(parts.reduce((sum, part) => sum + part, 0))
    }
    if (!('atMost' in must)) return value
    const most = form[must.atMost]
    return most && Number(value) > Number(most) ? most : value
  }, wanted)
}

function clamp(
  wanted: string,
  checks: readonly Check[],
  form: Values,
  today: string,
): string {
  const dayOf = (name: string) => (name === 'today' ? today : form[name]?.slice(0, 10))
  let day = wanted
  for (const { must } of checks) {
    const least = leastOf(must, dayOf)
    if (least && day < least) day = least
  }
  for (const { must } of checks) {
    const most = 'notAfter' in must ? dayOf(must.notAfter) : undefined
    if (most && day > most) day = most
  }
  return day
}

function leastOf(must: Check['must'], dayOf: (name: string) => string | undefined) {
  if ('notBefore' in must) return dayOf(must.notBefore)
  if ('within' in must) {
    const after = dayOf(must.within.after)
    return after && addMonths(after, -must.within.months)
  }
  if (!('yearsAfter' in must)) return undefined
  const of = dayOf(must.yearsAfter.of)
  return of && addMonths(of, must.yearsAfter.min * 12)
}

/** A birth date of the field's person: one already told, else the first the ages asked allow. */
function birthOf(topic: Topic, field: Field, form: Values, situation: Situation): string {
  const { today, seed } = situation
  const person = field.key.slice(0, field.key.lastIndexOf('.'))
  const told = [
    form[`${person}.bornAt`]?.slice(0, 10), form[`${person}.bornOn`],
    idNumberFacts(form[`${person}.idNumber`] ?? '')?.bornOn,
  ]
  const number = roleNumber(topic, field.role) + 40 * (field.row ?? 0)
  const isMinor = topic.roles.some(({ id, minor }) => id === field.role && minor)
  const usual = isMinor
    ? addDays(today, -MINOR_DAYS)
    : addDays(FIRST_ADULT_BIRTH, (seed * 7 + number * ROLE_GAP) % ADULT_BIRTHS)
  const ages = agesOf(topic, person, situation, form)
  const limits = ages.flatMap(({ must: { aged } }) => {
    const on = dayAsked(aged.on, form, today)
    const ends = [aged.least, aged.staged?.most, aged.below].flatMap((months) => months ?? [])
    return ends.flatMap((months) => [-1, 1].map((side) =>
      addDays(addMonths(on, -months), side * (20 + (seed + number) % 30))))
  })
  const birth = [...told, usual, ...limits].find((day) => day && ages.every((check) =>
    !breaks({ ...check, field: 'a.b' }, { ...form, 'a.b': day }, today)))
  return birth ?? usual
}

type AgeCheck = Check & { must: { aged: Extract<Check['must'], { aged: unknown }>['aged'] } }

/** The checks on how old a person is, whichever of their dates they are written on. */
function agesOf(
  topic: Topic,
  person: string,
  { answers = {} }: Situation,
  form: Values,
): AgeCheck[] {
  return topic.checks.filter((check): check is AgeCheck =>
    'aged' in check.must && check.field.slice(0, check.field.lastIndexOf('.')) === person &&
    evaluate(check.when, { answers, form }) === 'yes')
}

function dayAsked(on: string, form: Values, today: string): string {
  if (on === 'today') return today
  return /^\d\d-\d\d$/.test(on) ? nextSuchDay(on, today) : form[on]?.slice(0, 10) || today
}

function roleNumber(topic: Topic, roleId: string): number {
  return topic.roles.findIndex(({ id }) => id === roleId) + 1
}

/** Nobody's: the sequence is 000. */
export function idNumber(bornOn: string, region = REGION): string {
  const first17 = `${region}${bornOn.replaceAll('-', '')}000`
  return first17 + checkDigit11643(first17)
}

function creditCode(tail: string): string {
  const first17 = `91${REGION}${tail.padStart(9, '0')}`
  return first17 + checkDigit32100(first17)
}

function numberOf(topic: Topic, { key, min = 0, max = Infinity, decimals = 0 }: Field): string {
  const bounds = topic.checks.some(({ must }) => 'atMost' in must && must.atMost === key)
  if (bounds && Number.isFinite(max)) return String(max)
  return String(Math.min(Math.ceil(min) + 1, max).toFixed(Math.min(decimals, 1)))
}

/** A name may hold no digits. */
function hanNumber(n: number): string {
  return [...String(n)].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('')
}
