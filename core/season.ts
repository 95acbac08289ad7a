/**
 * 报名期: a yearly round set by each county. What is filed before it opens waits for it; what is
 * filed after it has closed waits for the next year's.
 */
import type { Season } from './contract/topic'

export interface Round {
  opens: string
  closes: string
  /** the day by which everyone is told */
  results: string
}

/**
 * The round something filed today belongs to.
 * @param today  calendar day in Asia/Shanghai
 */
export function roundFor(season: Season, regionCode: string | null, today: string): Round {
  const own = season.rounds.find(({ region }) => region === regionCode)
  const round = own ?? season.rounds.find(({ region }) => region === undefined)
  if (!round) throw new RangeError(`season ${season.id} has no round for ${String(regionCode)}`)
  const year = Number(today.slice(0, 4))
  const begun = [year - 1, year].map((one) => inYear(round, one))
  return begun.find(({ closes }) => today <= closes) ?? inYear(round, year + 1)
}

function inYear({ opens, closes, results }: Season['rounds'][number], year: number): Round {
  const closed = closes < opens ? year + 1 : year
  return {
    opens: `${year}-${opens}`,
    closes: `${closed}-${closes}`,
    results: `${results < closes ? closed + 1 : closed}-${results}`,
  }
}
