/**
 * A robot citizen's answers: any topic, filled in by the types of its fields and the checks between
 * them. Knows no topic. Everything is invented: ID numbers have sequence 000, which nobody holds.
 */
import { addDays, addMonths } from '../../core/clock'
import type { Check, Field, Topic } from '../../core/contract/topic'
import { type PlannedMaterial, type Supply, toSupply } from '../../core/materials'
import { type Plan, makePlan } from '../../core/plan'
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
  let form: Values = {}
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const plan = makePlan(topic, { answers, form })
    if (plan.stops.length > 0) throw new Error(`${topic.id} stops: ${plan.stops[0]?.title}`)
    const problems = checkForm({ topic, plan, form, today: situation.today })
    if (problems.length === 0) return { answers: { ...plan.answers }, form, plan }
    form = { ...form, ...repaired(topic, { plan, form, problems }, situation) }
  }
  throw new Error(`${topic.id}: no filling satisfies every check`)
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
  const wanted = situation.form?.[field.key]
  if (wanted !== undefined) return wanted
  const { type, options } = field
  const tail = String(situation.seed + 100 * roleNumber(topic, field.role))
  switch (type) {
    case 'choice': return options?.[0]?.value ?? ''
    case 'region': return options?.[0]?.value ?? REGION
    case 'number': return numberOf(field)
    case 'phone': return `199${tail.padStart(8, '0')}`
    case 'idNumber': return idNumber(birthOf(topic, field.role, form, situation))
    case 'creditCode': return creditCode(tail)
    case 'certificateNumber': return `Y${tail.padStart(9, '0')}`
    case 'date': return birthOf(topic, field.role, form, situation)
    case 'datetime': return `${birthOf(topic, field.role, form, situation)} 08:30`
    case 'name': return `测试${hanNumber(Number(tail))}`
    case 'address': return `测试县测试路${tail}号院3单元202室`
    case 'text': return '测试填写'.padEnd(field.minLength ?? 0, '例').slice(0, field.maxLength)
  }
}

function answerAll(topic: Topic, { answers: wanted = {} }: Situation): Values {
  const answers: Values = {}
  for (;;) {
    const { next } = makePlan(topic, { answers, form: {} })
    if (!next) return answers
    const wish = next.options.find(({ value }) => value === wanted[next.id])
    answers[next.id] = (wish ?? next.options[0])?.value ?? ''
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
  if (own && field.type === 'choice') return own.sex
  if (field.type !== 'date' && field.type !== 'datetime') return value
  const day = own?.bornOn ?? clamp(value.slice(0, 10), checks, form, situation.today)
  return day + value.slice(10)
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

function birthOf(topic: Topic, roleId: string, form: Values, { today, seed }: Situation): string {
  const known = form[`${roleId}.bornAt`] ?? form[`${roleId}.bornOn`]
  if (known) return known.slice(0, 10)
  const { bornOn } = idNumberFacts(form[`${roleId}.idNumber`] ?? '') ?? {}
  if (bornOn) return bornOn
  const isMinor = topic.roles.some(({ id, minor }) => id === roleId && minor)
  if (isMinor) return addDays(today, -MINOR_DAYS)
  const days = (seed * 7 + roleNumber(topic, roleId) * ROLE_GAP) % ADULT_BIRTHS
  return addDays(FIRST_ADULT_BIRTH, days)
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

function numberOf({ min = 0, max = Infinity, decimals = 0 }: Field): string {
  return String(Math.min(Math.ceil(min) + 1, max).toFixed(Math.min(decimals, 1)))
}

/** A name may hold no digits. */
function hanNumber(n: number): string {
  return [...String(n)].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('')
}
