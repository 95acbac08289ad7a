/** What is still wrong with a filled-in form: a list to show, never an exception. */
import type { Topic } from './contract/topic'
import { type PlannedMaterial, type Supply, toSupply } from './materials'
import { ownedBy } from './form'
import { rowed } from './lists'
import { breaks, fieldsOf } from './must'
import type { Plan } from './plan'
import { rowsOfKey } from './rows'
import { evaluate } from './rule'
import { titled } from './titled'
import { type ValueFault, judge, normalise } from './values'

export interface Problem {
  /** `role.element` of a field or `role.material` of a material */
  field: string
  code: 'EMPTY' | 'RULE' | 'MISSING' | 'TOO_MANY' | 'NOT_ASKED' | ValueFault
  /** the sentence beside the field */
  text: string
}

type Values = Readonly<Record<string, string>>

/** The form as it is stored and compared: every asked value in its normal writing. */
export function tidyForm(plan: Plan, form: Values): Record<string, string> {
  const types = new Map(plan.form.map(({ key, type }) => [key, type]))
  return Object.fromEntries(
    Object.entries(form).map(([key, raw]) => {
      const type = types.get(key)
      return [key, type ? normalise(type, raw) : raw]
    }),
  )
}

/**
 * Problems of the given fields (a page) or of the whole form, in the order of the form.
 * @param today  calendar day in Asia/Shanghai
 */
export function checkForm(
  { topic, plan, form, today }: { topic: Topic; plan: Plan; form: Values; today: string },
  only?: readonly string[],
): Problem[] {
  const tidy = tidyForm(plan, form)
  const page = only && new Set(only)
  const asked = plan.form.filter(({ key, certain }) => certain && (!page || page.has(key)))
  const own = asked.flatMap((field): Problem[] => {
    const value = tidy[field.key] ?? ''
    if (value === '') {
      return field.optional ? [] : [{ field: field.key, code: 'EMPTY', text: emptyText(field) }]
    }
    const fault = judge(field, value)
    return fault ? [{ field: field.key, code: fault, text: faultText(field, fault) }] : []
  })
  const facts = { answers: plan.answers, form: tidy }
  const askedKeys = new Set(asked.map(({ key }) => key))
  const sound = soundKeys(plan, tidy)
  const isSound = (key: string) => sound.has(key) ||
    (rowsOfKey(key, tidy).length > 0 && rowsOfKey(key, tidy).every((one) => sound.has(one)))
  const across = rowed(topic, tidy).checks
    .filter(({ field, must }) => askedKeys.has(field) && [field, ...fieldsOf(must)].every(isSound))
    .filter(({ when }) => evaluate(when, facts) === 'yes')
    .filter((check) => breaks(check, tidy, today))
    .map(({ field, text }): Problem => ({ field, code: 'RULE', text }))
  return [...own, ...across]
}

/**
 * What checks between fields may rely on: asked values that are right in themselves, on whatever
 * page. What a changed mind left in the form is neither.
 */
function soundKeys(plan: Plan, tidy: Values): ReadonlySet<string> {
  const keys = plan.form
    .filter((field) => field.certain && tidy[field.key] && !judge(field, tidy[field.key] ?? ''))
    .map(({ key }) => key)
  return new Set(keys)
}

/** Values sent for fields nobody asked: refused, never stored (ask only what an item needs). */
export function unasked(plan: Plan, form: Values): Problem[] {
  const asked = new Set(plan.form.map(({ key }) => key))
  return Object.keys(form)
    .filter((key) => !asked.has(key))
    .map((field) => ({ field, code: 'NOT_ASKED', text: '本次办理不需要这一项。' }))
}

/** Materials still missing, incomplete or not asked for. */
export function checkMaterials(
  plan: Plan,
  supplies: Readonly<Record<string, Supply>>,
): Problem[] {
  const wanted = toSupply(plan.materials)
  const keys = new Set(wanted.map(({ key }) => key))
  const stray = Object.keys(supplies)
    .filter((key) => !keys.has(key))
    .map((field): Problem => ({ field, code: 'NOT_ASKED', text: '本次办理不需要这份材料。' }))
  const own = wanted.flatMap((material) => supplyProblem(material, supplies[material.key]))
  return [...own, ...stray]
}

function supplyProblem(material: PlannedMaterial, supply: Supply | undefined): Problem[] {
  const { key: field, name, sides, maxPages } = material
  if (!supply) {
    if (material.optional) return []
    const act = material.how === 'declaration' ? '请确认' : '请提供'
    return [{ field, code: 'MISSING', text: `${act}${ownedBy(material.roleLabel, titled(name))}。` }]
  }
  if (supply.by === 'photos' && supply.ids.length < sides.length) {
    const missing = sides[supply.ids.length]!
    return [{ field, code: 'MISSING', text: `${titled(name)}还差“${missing}”。` }]
  }
  if (supply.by === 'photos' && supply.ids.length > maxPages) {
    return [{ field, code: 'TOO_MANY', text: `${titled(name)}最多 ${maxPages} 张照片。` }]
  }
  const kinds: Record<PlannedMaterial['how'], readonly Supply['by'][]> = {
    photo: material.certificate ? ['photos', 'certificate'] : ['photos'],
    declaration: ['declaration'],
    onsite: [],
  }
  if (kinds[material.how].includes(supply.by)) return []
  return [{ field, code: 'MISSING', text: `${titled(name)}不能用这种方式提供。` }]
}

function emptyText({ type, roleLabel, label }: { type: string; roleLabel: string; label: string }) {
  const verb = ['choice', 'region', 'date', 'datetime'].includes(type) ? '请选择' : '请填写'
  return `${verb}${ownedBy(roleLabel, label)}。`
}

interface Spec {
  label: string
  type: string
  min?: number
  max?: number
  minLength?: number
  maxLength?: number
  unit?: string
  patternText?: string
}

const FORMAT_TEXT: Record<string, string> = {
  idNumber: '身份证号应为 18 位，请核对。',
  creditCode: '统一社会信用代码应为 18 位，请核对。',
  phone: '请填写 11 位手机号，或带区号的固定电话。',
  date: '日期请写成“2026-01-05”这样的年-月-日。',
  datetime: '时间请写成“2026-01-05 09:30”。',
  number: '请填写数字。',
  certificateNumber: '出生医学证明编号是 1 个字母加 9 位数字。',
}

/** One sentence per kind of fault (U13): empty, format and range never share a message. */
function faultText(spec: Spec, fault: ValueFault): string {
  const unit = spec.unit ?? ''
  switch (fault) {
    case 'FORMAT': return spec.patternText ?? FORMAT_TEXT[spec.type] ?? `${spec.label}的格式不对，请核对。`
    case 'TOO_LONG': return `${spec.label}最多 ${spec.maxLength ?? 50} 个字。`
    case 'TOO_SHORT': return `${spec.label}写得太短，请补充完整。`
    case 'TOO_SMALL': return `${spec.label}不能小于 ${spec.min}${unit}，请核对。`
    case 'TOO_LARGE': return `${spec.label}不能大于 ${spec.max}${unit}，请核对。`
    case 'CHECK_DIGIT': return `${spec.label}的最后一位对不上，可能输错了某一位，请核对。`
    case 'NO_SUCH_DATE': return '没有这一天，请核对年、月、日。'
    case 'NOT_AN_OPTION': return `请从列出的选项中选择${spec.label}。`
    case 'BAD_CHARACTER': return `${spec.label}里有不能使用的字符，请检查。`
  }
}
