import type { Messages } from '@core/contract/case'
import { say, type Refused } from '@core/refusal'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { readMessage } from '@/api/cases'
import { asRefused } from '@/api/client'
import { useInSight } from '@/stores/in-sight'
import { MainNav } from '@/components/main-nav'
import { momentWords } from '@/components/moment'
import { goTo, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { fetchMessages, recallMessages } from '@/stores/messages'
import { personaWords, usePersona } from '@/stores/persona'
import { useRunning } from '@/stores/running'
import { token } from '@/stores/session'
import { Box, Tap, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import './index.scss'

type Message = Messages['messages'][number]

/** What I was told, the newest on top; opening one marks it read and leads to its case. */
export default function MessagesPage() {
  useGuard({ page: 'messages', params: {}, inSight: useInSight() })
  const { messages, refused, busy, more, again, open } = useMessages()
  const acting = usePersona((state) => state.acting)
  const unread = messages?.filter(({ read }) => !read).length ?? 0
  return (
    <Page title="消息" footer={<MainNav here="messages" unread={unread} />}>
      {acting && (
        <Notice kind="info">
          {`这里是您自己的消息。${personaWords(acting)} 的办件，请在“办件”里看。`}
        </Notice>
      )}
      {refused && <Notice kind="warn">{wordsOf(refused, messages !== undefined)}</Notice>}
      {refused && !messages && (
        <Button kind="secondary" icon="retry" busy={busy} onTap={again}>再试一次</Button>
      )}
      {!messages && !refused && <Loading />}
      {messages?.length === 0 && (
        <Empty
          title="还没有消息" note="办件有进展时会在这里告诉您。"
          action={{ label: '去首页看看', onTap: () => startOver() }}
        />
      )}
      {messages && messages.length > 0 && (
        <Box as="ul" className="messages" label="消息，最新的在最前">
          {messages.map((message) => (
            <Box as="li" key={message.id}>
              <MessageCard
                message={message} reachable={message.actingFor?.mandateId === acting?.mandateId}
                onOpen={() => open(message)}
              />
            </Box>
          ))}
        </Box>
      )}
      {more && <Button kind="secondary" busy={busy} onTap={more}>查看更早的消息</Button>}
      <LinkButton onTap={() => goTo('preferences')}>通知设置：短信、微信</LinkButton>
    </Page>
  )
}

function wordsOf(refused: Refused, kept: boolean): string {
  const away = refused.code === 'OFFLINE' || refused.code === 'TIMEOUT'
  return away && kept ? '现在没有网络。下面是上次看到的消息。' : say(refused)
}

interface MessageCardProps {
  message: Message
  /** it is of whom one acts for now; of oneself while one acts for nobody */
  reachable: boolean
  onOpen: () => void
}

function MessageCard({ message, reachable, onOpen }: MessageCardProps) {
  const { title, text, at, read, caseId, ticketId, actingFor } = message
  return (
    <Tap className={`card message ${read ? '' : 'message-new'}`} onTap={onOpen}>
      <Words className="message-head">
        <Words className="message-title">
          {actingFor ? `${title}（${actingFor.name}）` : title}
        </Words>
        {!read && <Tag tone="active">未读</Tag>}
      </Words>
      <Words className="message-text">{text}</Words>
      <Words className="message-foot">
        <Words>{momentWords(at)}</Words>
        {(caseId ?? ticketId) && (
          <Words className="message-more">
            {reachable
              ? caseId ? '查看办件' : '查看求助'
              : actingFor ? '换成他再看' : '换回本人再看'}
            <Icon name="next" />
          </Words>
        )}
      </Words>
    </Tap>
  )
}

function useMessages() {
  const [messages, setMessages] = useState<readonly Message[]>()
  const [next, setNext] = useState<string | null>(null)
  const { busy, refused, run } = useRunning()
  const load = (after?: string) => run(async () => {
    const page = await fetchMessages(after)
    setMessages((before) => (after ? [...(before ?? []), ...page.messages] : page.messages))
    setNext(page.next)
  })
  useDidShow(() => {
    if (!token()) return
    const kept = recallMessages()
    if (kept && !messages) setMessages(kept.messages)
    load()
  })
  const open = ({ id, read, caseId, ticketId, actingFor }: Message) => {
    if (!read) {
      setMessages((all) => all?.map((one) => (one.id === id ? { ...one, read: true } : one)))
      // Still unread on the server if this is lost: it then shows as unread again.
      readMessage(id).catch(asRefused)
    }
    // Theirs opens only while one acts for them, one's own only while one acts for nobody.
    const { acting } = usePersona.getState()
    if (actingFor?.mandateId !== acting?.mandateId) goTo('acting')
    else if (caseId) goTo('case', { id: caseId })
    else if (ticketId) goTo('ticket', { id: ticketId })
  }
  const more = next === null ? undefined : () => load(next)
  return { messages, refused, busy, more, again: () => load(), open }
}
