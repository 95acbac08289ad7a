/** Parts of a topic as the guide puts them. */
import type { Need } from './contract/need'
import type { Item, Limit, Topic } from './contract/topic'
import { limitText } from './limit'
import { ofWhom } from './titled'

/** A limit with its note: 2 个工作日（资料齐全的当场签发）. */
export function notedLimit(limit: Limit): string {
  const text = limitText(limit)
  return limit.note ? `${text}（${limit.note}）` : text
}

export function basisText({ law, article }: { law: string; article: string }): string {
  return `${law}${article}`
}

export function departmentName({ departments }: Topic, wanted: string): string {
  return departments.find(({ id }) => id === wanted)?.name ?? wanted
}

/** A material with whose it is: 母亲：居民身份证. */
export function materialTitle({ materials, roles }: Topic, key: string): string {
  const material = materials.find((one) => one.key === key)
  if (!material) return key
  const role = roles.find(({ id }) => id === material.role)
  return ofWhom(`${role?.many ? '每位' : ''}${role?.label ?? material.role}`, material.name)
}

/**
 * What an item waits for, in words; empty for nothing but acceptance. Of several items only those
 * count that are done this time, which a guide of every situation has to say.
 */
export function needWords(topic: Topic, need: Need): string {
  const short = (id: string) => `“${topic.items.find((item) => item.id === id)?.short ?? id}”`
  const words = (part: Need): string => {
    if ('item' in part) return `${short(part.item)}办好`
    if ('wait' in part) {
      const { label, after, ...limit } = part.wait
      const from = after === undefined ? '受理' : `${short(after)}办好`
      return `${from}后，${label}满 ${limitText(limit)}`
    }
    if ('any' in part) return part.any.map(words).filter(Boolean).join('，或者')
    const items = part.all.flatMap((one) => ('item' in one ? one.item : []))
    const others = part.all.filter((one) => !('item' in one)).map(words)
    const several = `${items.map(short).join('、')}里这次要办的办好`
    const done = items.length > 1 ? [several] : items.map((item) => words({ item }))
    return [...done, ...others].filter(Boolean).join('，并且')
  }
  return words(need)
}

/** 报名期, a line a round; empty for an item without one. */
export function seasonWords(topic: Topic, { season }: Item): string[] {
  const found = season && topic.seasons.find(({ id }) => id === season.id)
  if (!found) return []
  const general = found.rounds.filter(({ region }) => region === undefined)
  const local = found.rounds.length > general.length ? ['有的县（市）另有时间，以当地公告为准'] : []
  return [
    ...general.map(({ opens, closes, results }) =>
      `${found.name}：${dayWords(opens)}至${dayWords(closes)}，${dayWords(results)}公布`),
    ...local,
  ]
}

/** `07-15` → 7月15日 */
function dayWords(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number)
  return `${month}月${day}日`
}
