import type { Plan } from '@core/plan'
import { today } from '@/platform/clock'
import { Notice } from '@/ui/status'
import { type When, seasonLines } from './words'

/** 报名期: what of the plan waits for its season, and until when. */
export function SeasonNote({ plan, regionCode, filedOn }: { plan: Plan } & Omit<When, 'today'>) {
  const lines = seasonLines(plan, { regionCode, today: today(), ...(filedOn ? { filedOn } : {}) })
  return <>{lines.map((line) => <Notice key={line} kind="info">{line}</Notice>)}</>
}
