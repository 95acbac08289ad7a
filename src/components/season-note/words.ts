import type { Plan } from '@core/plan'
import { roundFor } from '@core/season'
import { dayWords } from '@core/timeline'
import { fullDayWords } from '@/components/moment'

export interface When {
  regionCode: string | null
  /** calendar day in Asia/Shanghai */
  today: string
  /** the day a case was filed; absent while nothing is */
  filedOn?: string
}

/** One sentence for each item that is handled in a season: when it opens, closes, is decided. */
export function seasonLines({ items }: Pick<Plan, 'items'>, when: When): string[] {
  const { regionCode, today, filedOn } = when
  return items.flatMap(({ item, season }) => {
    if (!season) return []
    const round = roundFor(season, regionCode, filedOn ?? today)
    const sample = season.status === 'draft' ? '（参考）' : ''
    const results = `${dayWords(round.results)}前告诉结果${sample}。`
    const name = `“${item.short}”`
    const open = `${fullDayWords(round.opens)}到${dayWords(round.closes)}`
    if (today < round.opens) {
      return filedOn
        ? [`${name}已经收好，要等到${fullDayWords(round.opens)}开始报名再办，${results}`]
        : [`${name}在${open}报名，${results}现在提交的先收好，到时候再办。`]
    }
    if (today <= round.closes) {
      const now = filedOn ? `${name}正在报名，您的已经排进去，` : `${name}正在报名，`
      return [`${now}${dayWords(round.closes)}截止，${results}`]
    }
    return today <= round.results ? [`${name}的报名已经截止，${results}`] : []
  })
}
