import type { TicketView } from '@core/contract/ticket'
import { say, type Refused } from '@core/refusal'
import { KIND_WORDS, ticketHeadline } from '@core/ticket-words'
import { dayWords } from '@core/timeline'
import { VISIT_WORDS } from '@core/visit'
import { useDidShow, useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { useInSight } from '@/stores/in-sight'
import { momentWords } from '@/components/moment'
import { TICKET_BADGES } from '@/components/ticket-state'
import { WaitingPage } from '@/components/waiting-page'
import { goBack, goTo } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { hasJustArrived, recallTicket, refreshTicket, useTickets } from '@/stores/tickets'
import { Box } from '@/ui/box'
import { LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Empty, Notice, Tag } from '@/ui/status'
import { Timeline, TimelineEntry } from '@/ui/timeline'
import { Answer } from './answer'
import { Withdrawing } from './withdrawing'
import './index.scss'

const LOOK_EVERY_MS = 10_000

/** One ticket: where it is, who has it, until when; what was said; what I can do. */
export default function TicketPage() {
  const { id = '', sent } = useRouter<{ id: string; sent?: string }>().params
  const { signedIn } = useMe()
  const { view, refused, refresh } = useTicket(id, signedIn)
  if (!signedIn) {
    return (
      <Page title="求助" onBack={goBack}>
        <Empty
          title="登录后查看" note="求助的内容只有您本人和答复的人能看到。"
          action={{ label: '登录', onTap: () => goTo('login') }}
        />
      </Page>
    )
  }
  if (!view) return <WaitingPage title="求助" refused={refused} onRetry={refresh} />
  return <Ticket view={view} refused={refused} isNew={sent !== undefined} />
}

/** The kept copy at once, then news every 10 s while it is shown and somebody has it. */
function useTicket(id: string, signedIn: boolean) {
  const view = useTickets(({ byId }) => byId[id])
  const inSight = useInSight()
  const [refused, setRefused] = useState<Refused>()
  const refresh = useCallback(() => {
    recallTicket(id)
    refreshTicket(id)
      .then(() => setRefused(undefined))
      .catch((error: unknown) => setRefused(asRefused(error)))
  }, [id])
  useDidShow(() => {
    if (signedIn) refresh()
  })
  useEffect(() => {
    if (signedIn) refresh()
  }, [signedIn, refresh])
  const isMoving = view?.state === 'open' && inSight
  useEffect(() => {
    if (!isMoving) return undefined
    const timer = setInterval(refresh, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isMoving, refresh])
  return { view, refused, refresh }
}

function Ticket({ view, refused, isNew }: {
  view: TicketView
  refused: Refused | undefined
  isNew: boolean
}) {
  const { caseId } = view
  const arrived = useTickets((tickets) => hasJustArrived(tickets, view))
  const away = refused?.code === 'OFFLINE' || refused?.code === 'TIMEOUT'
  return (
    <Page title={KIND_WORDS[view.kind].name} onBack={goBack}>
      {refused && (
        <Notice kind="warn">
          {away ? '现在没有网络。下面是上次看到的内容。' : say(refused)}
        </Notice>
      )}
      {(arrived || (isNew && view.entries.length === 1)) && (
        <Notice kind="good" title="已经发出去了">
          {`编号 ${view.number}。有答复会发短信和消息告诉您。`}
        </Notice>
      )}
      <Head view={view} />
      <Answered view={view} />
      <Answer view={view} />
      <History view={view} />
      {caseId && <LinkButton onTap={() => goTo('case', { id: caseId })}>看这个办件</LinkButton>}
      {view.actions.includes('withdraw') && <Withdrawing id={view.id} />}
    </Page>
  )
}

function Head({ view }: { view: TicketView }) {
  const { state, overdue, about, number, above, visit } = view
  const { now, who, until } = ticketHeadline(view)
  const badge = overdue ? { tone: 'bad', label: '已超期' } as const : TICKET_BADGES[state]
  const lines = [
    { term: '由谁处理', value: state === 'open' ? who : undefined },
    { term: '什么时候', value: until },
    { term: '没答复转给', value: state === 'open' ? above : undefined },
    { term: '关于', value: about },
    { term: '上门时间', value: visit && `${dayWords(visit.day)}${VISIT_WORDS[visit.part]}` },
    { term: '上门地址', value: visit?.place },
    { term: '编号', value: number },
  ].filter(({ value }) => value)
  return (
    <Card title={now} aside={<Tag tone={badge.tone}>{badge.label}</Tag>}>
      <Facts facts={lines} />
    </Card>
  )
}

/** The last word of whoever had it: what the citizen came to read. */
function Answered({ view }: { view: TicketView }) {
  const last = [...view.entries].reverse().find(({ by, words }) => by === 'staff' && words)
  if (!last || view.state === 'open') return null
  return (
    <Card title={`${last.name}的答复`}>
      <Box className="ticket-words">{last.words}</Box>
      <Box as="p" className="ticket-when">{momentWords(last.at)}</Box>
    </Card>
  )
}

function History({ view }: { view: TicketView }) {
  return (
    <Card title="经过">
      <Timeline label="经过，最新的在最前">
        {[...view.entries].reverse().map(({ seq, at, text, words }, n) => (
          <TimelineEntry
            key={seq} title={momentWords(at)} text={text} state={n === 0 ? 'current' : 'done'}
          >
            {words && <Box className="ticket-words">{words}</Box>}
          </TimelineEntry>
        ))}
      </Timeline>
    </Card>
  )
}
