import { CASE_ENDED } from '@core/case'
import { shanghaiDate } from '@core/clock'
import type { CaseView } from '@core/contract/case'
import { say } from '@core/refusal'
import { headline } from '@core/timeline'
import { asksRating } from '@core/tone'
import { useRouter } from '@tarojs/taro'
import { CaseHelp } from '@/components/case-help'
import { CASE_BADGES, RATEABLE } from '@/components/case-state'
import { HallCard } from '@/components/hall-card'
import { useInSight } from '@/stores/in-sight'
import { Joins } from '@/components/joins'
import { momentWords } from '@/components/moment'
import { SeasonNote } from '@/components/season-note'
import { levelWords } from '@/components/stars'
import { TaskTrack } from '@/components/task-track'
import { WaitingPage } from '@/components/waiting-page'
import { goBack, goTo } from '@/platform/navigation'
import { callPhone } from '@/platform/phone-call'
import { useGuard } from '@/stores/account'
import { useFiled } from '@/stores/filed'
import { useNow } from '@/stores/now'
import { type Audience, placeOf, usePlaces } from '@/stores/place'
import { useWatchedCase } from '@/stores/watched-case'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Notice, Tag } from '@/ui/status'
import { Timeline, TimelineEntry } from '@/ui/timeline'
import { Again } from './again'
import { Feedback } from './feedback'
import { Handing } from './handing'
import { Withdrawing } from './withdrawing'
import { useMainAct } from './use-main-act'
import './index.scss'

/** A case: where it is, who has it, until when, what comes next; one track a department (U22). */
export default function CasePage() {
  const { id = '' } = useRouter<{ id: string }>().params
  useGuard({ page: 'case', params: { id }, inSight: useInSight() })
  const { kept, refused, refresh } = useWatchedCase(id)
  if (!kept) return <WaitingPage title="办理进度" refused={refused} onRetry={refresh} />
  const stale = refused
    ? `${say(refused).replace(/，内容已存在手机上.*$/, '。')}下面是 ${momentWords(kept.heardAt)} 的进度。`
    : undefined
  return <Case view={kept.view} stale={stale} onRefresh={refresh} />
}

interface CaseProps {
  view: CaseView
  /** why what is shown may be old */
  stale: string | undefined
  onRefresh: () => void
}

function Case({ view, stale, onRefresh }: CaseProps) {
  const { topic, filed } = useFiled(view)
  const prompt = topic !== undefined && asksRating(topic)
  const act = useMainAct(view, { prompt })
  const { regionCode } = view
  const ended = CASE_ENDED.has(view.state)
  const open = (result: string) => goTo('result', { id: result, case: view.id })
  return (
    <Page
      title={view.topicTitle}
      onBack={goBack}
      footer={act && <Button busy={act.busy} onTap={act.run}>{act.label}</Button>}
    >
      {stale && <Notice kind="warn">{stale}</Notice>}
      {act?.refused && <Notice kind="error">{say(act.refused)}</Notice>}
      <Head view={view} prompt={prompt} />
      {RATEABLE.has(view.state) && <Feedback caseId={view.id} />}
      {filed && !ended && (
        <SeasonNote plan={filed.plan} {...{ regionCode, filedOn: filedOn(view) }} />
      )}
      {view.correction && <Asked view={view} />}
      <CaseHelp view={view} />
      <Again view={view} />
      <Card title="各部门办到哪一步">
        <Box as="ul" className="tracks" label="各部门办到哪一步">
          {view.tasks.map((task) => (
            <TaskTrack key={task.n} task={task} onResult={open} />
          ))}
        </Box>
      </Card>
      {filed && !FRUITLESS.has(view.state) && <Joins {...{ filed, regionCode }} />}
      <Handing view={view} />
      <History view={view} />
      <CardLink
        title="办件文书" note="受理、补正、决定、办结的通知书，可以保存、打印" icon="document"
        onTap={() => goTo('documents', { id: view.id })}
      />
      <CardLink
        title="提交回执" note="看办件编号和交过什么，可以保存、打印" icon="document"
        onTap={() => goTo('receipt', { id: view.id, again: 1 })}
      />
      <Card title="问问办件情况">
        <Facts
          facts={[
            { term: '受理窗口', value: view.contact.office },
            { term: '办件编号', value: view.number },
          ]}
        />
        <Button kind="secondary" icon="phone" onTap={() => void callPhone(view.contact.phone)}>
          {`拨打 ${view.contact.phone}`}
        </Button>
      </Card>
      <Halls view={view} audience={topic?.audience} />
      {RATEABLE.has(view.state) && !view.rating && act?.label !== RATE && (
        <Button kind="quiet" onTap={() => goTo('rating', { id: view.id })}>{RATE}</Button>
      )}
      {!ended && (
        <Button kind="quiet" icon="retry" onTap={onRefresh}>刷新进度</Button>
      )}
      {view.actions.includes('withdraw') && <Withdrawing view={view} />}
    </Page>
  )
}

const RATE = '评价这次办理'
const FRUITLESS: ReadonlySet<CaseView['state']> = new Set(['refused', 'withdrawn'])

/** The day that decides the round of a season: of acceptance, or until then of filing. */
function filedOn({ events, submittedAt }: CaseView): string {
  const accepted = events.find(({ is }) => is === 'accept' || is === 'auto-accept')
  return shanghaiDate(accepted?.at ?? submittedAt)
}

/** The halls of the place it was filed in. */
function Halls({ view, audience }: { view: CaseView; audience: Audience | undefined }) {
  const { places, calendar } = usePlaces()
  const at = useNow()
  const halls = placeOf(places, view.regionCode, audience)?.halls ?? []
  return <>{halls.map((hall) => <HallCard key={hall.id} folded {...{ hall, calendar, at }} />)}</>
}

function Head({ view, prompt }: { view: CaseView; prompt: boolean }) {
  const { now, who, until, next } = headline(view)
  const unasked = view.state === 'finished' && !prompt
  const { rating } = view
  const badge = CASE_BADGES[view.state]
  const ended = CASE_ENDED.has(view.state)
  const lines = [
    { term: '现在由谁办', value: who },
    { term: '什么时候办完', value: until },
    rating
      ? { term: '您的评价', value: levelWords(rating.stars) }
      : { term: '下一步', value: unasked ? '' : next },
  ].filter(({ value, term }) => value && !(ended && term === '现在由谁办'))
  return (
    <Box as="section" className={`case-head case-head-${badge.tone}`} live="polite">
      <Tag tone={badge.tone}>{badge.label}</Tag>
      <Box as="h2" className="case-now">{now}</Box>
      <Box as="dl" className="case-lines">
        {lines.map(({ term, value }) => (
          <Box className="case-line" key={term}>
            <Box as="dt" className="case-term">{term}</Box>
            <Box as="dd" className="case-value">{value}</Box>
          </Box>
        ))}
      </Box>
    </Box>
  )
}

function Asked({ view }: { view: CaseView }) {
  const count = view.correction?.asks.length ?? 0
  return (
    <Notice kind="warn" title={`有 ${count} 处需要您补正`}>
      {view.state === 'correcting'
        ? '只补列出的内容，其他事项照常办理，不受影响。'
        : '只补列出的内容。补正以前不计办理时间。'}
    </Notice>
  )
}

function History({ view }: { view: CaseView }) {
  const newestFirst = [...view.events].reverse()
  return (
    <Card title="办理经过">
      <Timeline label="办理经过，最新的在最前">
        {newestFirst.map(({ seq, at, text, is }, index) => {
          const newest = index === 0 ? 'current' : 'done'
          return (
            <TimelineEntry
              key={seq} title={momentWords(at)} text={text}
              state={is === 'refuse' || is === 'task.reject' ? 'wrong' : newest}
            />
          )
        })}
      </Timeline>
    </Card>
  )
}
