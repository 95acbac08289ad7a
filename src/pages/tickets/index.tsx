import type { TicketBrief } from '@core/contract/ticket'
import { say, type Refused } from '@core/refusal'
import { KIND_WORDS } from '@core/ticket-words'
import { dayWords } from '@core/timeline'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { momentWords } from '@/components/moment'
import { TICKET_BADGES } from '@/components/ticket-state'
import { goBack, goTo } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { token } from '@/stores/session'
import { fetchTickets, recallTickets } from '@/stores/tickets'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { CardLink } from '@/ui/card'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import './index.scss'

/** 我的求助: what I asked, how it stands, who has it and until when. */
export default function TicketsPage() {
  const { signedIn } = useMe()
  const { tickets, next, busy, refused, more } = useTicketList(signedIn)
  if (!signedIn) {
    return (
      <Page title="我的求助" onBack={goBack}>
        <Empty
          title="登录后查看" note="登录后能看到您提过的求助和答复。"
          action={{ label: '登录', onTap: () => goTo('login') }}
        />
      </Page>
    )
  }
  return (
    <Page
      title="我的求助" onBack={goBack}
      footer={<Button onTap={() => goTo('help')}>再找人帮忙</Button>}
    >
      {refused && <Notice kind="warn">{say(refused)}</Notice>}
      {!tickets && !refused && <Loading />}
      {tickets?.length === 0 && (
        <Empty title="还没有求助" note="不清楚、办不了的事，都可以找人帮忙。" />
      )}
      {tickets && tickets.length > 0 && (
        <Box as="ul" className="tickets" label="我的求助，最新的在最前">
          {tickets.map((ticket) => (
            <Box as="li" key={ticket.id}><TicketCard ticket={ticket} /></Box>
          ))}
        </Box>
      )}
      {next && <Button kind="secondary" busy={busy} onTap={more}>查看更早的</Button>}
    </Page>
  )
}

function TicketCard({ ticket }: { ticket: TicketBrief }) {
  const { id, number, kind, state, about, holder, dueOn, openedAt } = ticket
  const { tone, label } = TICKET_BADGES[state]
  const who = state === 'open' ? `${holder}处理` : ''
  const until = dueOn ? `${dayWords(dueOn)}前答复` : ''
  return (
    <CardLink
      title={about ? `${KIND_WORDS[kind].name}：${about}` : KIND_WORDS[kind].name}
      note={[who, until, `${momentWords(openedAt)}提出`, number].filter(Boolean).join(' · ')}
      tag={<Tag tone={tone}>{label}</Tag>} onTap={() => goTo('ticket', { id })}
    />
  )
}

function useTicketList(signedIn: boolean) {
  const [tickets, setTickets] = useState<readonly TicketBrief[]>()
  const [next, setNext] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const load = (after?: string) => {
    setBusy(true)
    fetchTickets(after)
      .then((page) => {
        setTickets((before) => (after ? [...(before ?? []), ...page.tickets] : page.tickets))
        setNext(page.next)
        setRefused(undefined)
      })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  const begin = () => {
    if (!token()) return
    const kept = recallTickets()
    if (kept) setTickets((before) => before ?? kept.tickets)
    load()
  }
  useDidShow(begin)
  useEffect(begin, [signedIn])
  return { tickets, next, busy, refused, more: () => next && load(next) }
}
