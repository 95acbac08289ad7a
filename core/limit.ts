import type { Limit } from './contract/topic'

/** A limit in words: 当场办结, 3 个工作日, 30 天. */
export function limitText({ days, unit }: Pick<Limit, 'days' | 'unit'>): string {
  if (days === 0) return '当场办结'
  return unit === 'working-day' ? `${days} 个工作日` : `${days} 天`
}
