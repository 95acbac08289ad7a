import type { Figures, PublicStats } from '@core/contract/stats'
import { isLow } from '@core/rectification'
import { say } from '@core/refusal'
import { getPublicStats } from '@/api/stats'
import { fullDayWords, momentWords } from '@/components/moment'
import { LEVELS } from '@/components/stars'
import { goBack } from '@/platform/navigation'
import { useLoaded } from '@/stores/loaded'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, ProgressBar } from '@/ui/status'
import './index.scss'

/** 公开数据: how fast, how satisfied, how many low ratings and whether they were put right. */
export default function PublicNumbers() {
  const { value, refused, again } = useLoaded(getPublicStats)
  return (
    <Page
      title="公开数据" onBack={goBack}
      lead="办了多少、按时没有、大家满意不满意。差评一样计入，谁也不能删。"
    >
      {!value && !refused && <Loading rows={4} />}
      {refused && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {value && <Stats stats={value} />}
    </Page>
  )
}

function Stats({ stats }: { stats: PublicStats }) {
  const { whole, itemRatings, rectifications, topics, counties, from, countedAt } = stats
  const nothing = !whole.cases && !whole.ratings && !rectifications
  const few = `少于 ${stats.smallestGroup} 件的不单独列出，以免看出是谁。`
  return (
    <>
      {nothing
        ? <Empty title="还没有可以公开的数据" note={`办件或评价满 ${stats.smallestGroup} 件后在这里公开。`} />
        : (
          <>
            <Group title="全地区" figures={whole} />
            {itemRatings && (
              <Card title="对单个事项的评价"><Levels counts={itemRatings} /></Card>
            )}
            {rectifications && <Rectified counts={rectifications} />}
            <Parts title="各个主题" parts={topics} />
            <Parts title="各个县市" parts={counties} />
          </>
        )}
      <Box as="p" className="muted numbers-note">
        {`统计 ${fullDayWords(from)}以来的办件，${momentWords(countedAt)} 算出，十分钟更新一次。${few}`}
      </Box>
    </>
  )
}

function Parts({ title, parts }: { title: string; parts: PublicStats['topics'] }) {
  if (parts.length === 0) return null
  return (
    <Box as="section">
      <Box as="h2" className="numbers-title">{title}</Box>
      {parts.map(({ id, name, figures }) => (
        <Card key={id}>
          <Box as="h3" className="card-title">{name}</Box>
          <Counts figures={figures} />
        </Card>
      ))}
    </Box>
  )
}

function Group({ title, figures }: { title: string; figures: Figures }) {
  return <Card title={title}><Counts figures={figures} /></Card>
}

const share = (part: number, whole: number) =>
  (whole > 0 ? `${Math.round((part / whole) * 1000) / 10}%` : '')

function Counts({ figures: { cases, ratings } }: { figures: Figures }) {
  return (
    <>
      {cases && (
        <Facts
          facts={[
            { term: '办结', value: `${cases.finished} 件` },
            { term: '按时办结', value: `${cases.onTime} 件，${share(cases.onTime, cases.finished)}` },
            {
              term: '平均用时',
              value: cases.averageDays === null ? '还算不出' : `${cases.averageDays} 个工作日`,
            },
          ]}
        />
      )}
      {ratings && <Levels counts={ratings} />}
    </>
  )
}

/** All five levels, the low ones as plain to see as the high ones. */
function Levels({ counts }: { counts: readonly number[] }) {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return (
    <Box as="ul" className="numbers-levels" label={`评价 ${all} 次`}>
      {LEVELS.map(({ value, label }) => {
        const count = counts[Number(value) - 1] ?? 0
        return (
          <Box as="li" key={value} className={isLow(Number(value)) ? 'numbers-low' : ''}>
            <Words className="numbers-level">
              <Words>{label}</Words>
              <Words>{`${count} 次，${share(count, all)}`}</Words>
            </Words>
            <ProgressBar percent={all > 0 ? (count / all) * 100 : 0} />
          </Box>
        )
      })}
    </Box>
  )
}

function Rectified({ counts }: { counts: NonNullable<PublicStats['rectifications']> }) {
  const { opened, done, inTime, satisfied } = counts
  return (
    <Card title="差评整改">
      <Facts
        facts={[
          { term: '需要整改', value: `${opened} 件` },
          { term: '已有答复', value: `${done} 件` },
          { term: '按时答复', value: done > 0 ? `${inTime} 件，${share(inTime, done)}` : '0 件' },
          { term: '评价人满意', value: `${satisfied} 件` },
        ]}
      />
    </Card>
  )
}
