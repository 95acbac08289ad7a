/** What a demo department answers to a task: the data its result creates, or what it asks. */
import { createHash } from 'node:crypto'
import type { Ask } from '@core/contract/case'
import type { OutsideTask } from '@core/contract/outside'
import { titled } from '@core/titled'
import { checkDigit11643, checkDigit32100 } from '@core/values'
import type { Given } from './catalogue'

export type Answer =
  | { do: 'receive' }
  | { do: 'approve'; gives?: Record<string, string>; number: string }
  | { do: 'request-correction'; asks: Ask[] }
  | { do: 'reject'; reason: string }

function digitsOf(text: string, length: number): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6)
  return String(number).padStart(15, '0').slice(-length)
}

/** Approval with the values the item's result gives, for the roles that occur in this task. */
export function approval(task: OutsideTask, given: readonly Given[], today: string): Answer {
  const told = [...Object.keys(task.form), ...task.materials.map(({ key }) => key)]
  const roles = new Set(told.map((key) => key.split('.')[0]))
  const gives = Object.fromEntries(
    given
      .filter(({ key }) => roles.has(key.split('.')[0]))
      .map((one) => [one.key, minted(task, one, today)]),
  )
  const number = `YS${task.regionCode}${digitsOf(task.taskId, 8)}`
  return { do: 'approve', number, ...(Object.keys(gives).length > 0 ? { gives } : {}) }
}

/** A new number of the right shape. That of a disabled person's card begins with the ID number. */
function minted({ taskId, form, regionCode }: OutsideTask, given: Given, today: string): string {
  const { key, type, example } = given
  const [role, element] = key.split('.')
  const digits = (length: number) => digitsOf(taskId + key, length)
  if (type === 'idNumber') {
    const born = form[`${role}.bornAt`] ?? form[`${role}.bornOn`] ?? today
    const first17 = `${regionCode}${born.slice(0, 10).replaceAll('-', '')}000`
    return first17 + checkDigit11643(first17)
  }
  if (type === 'creditCode') {
    const first17 = `91${regionCode}MA${digits(7)}`
    return first17 + checkDigit32100(first17)
  }
  if (type === 'date') return today
  if (type === 'certificateNumber') return `Y${digits(9)}`
  if (element === 'disabilityCardNumber') {
    return `${form[`${role}.idNumber`]}${form[`${role}.disabilityKind`]}3`
  }
  return example?.replace(/\d+$/, (tail) => digits(tail.length)) ?? digits(9)
}

/** The photo that can't be opened, or the first photo, or else the first field. */
export function complaint(task: OutsideTask, unreadable: readonly string[]): Ask[] {
  const { itemId, materials, form } = task
  if (unreadable.length > 0) {
    return unreadable.map((key) => (
      { kind: 'material', key, itemId, reason: '照片打不开，请重新拍一张。' }))
  }
  const photo = materials.find(({ files }) => files.length > 0)
  if (photo) {
    const reason = `${titled(photo.name)}照片看不清，请重新拍一张。`
    return [{ kind: 'material', key: photo.key, itemId, reason }]
  }
  const key = Object.keys(form)[0]
  return key ? [{ kind: 'field', key, itemId, reason: '这一项和证件不一致，请核对后改正。' }] : []
}

/** The same answer to the same round carries the same id, however often it is sent. */
export function requestIdOf({ taskId, round }: OutsideTask, action: string): string {
  const hash = createHash('sha1').update(`${taskId} ${round} ${action}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  const cuts = [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]]
  return cuts.map(([from, to]) => hex.slice(from, to)).join('-')
}
