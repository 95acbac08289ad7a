import type { Messages } from '@core/contract/case'
import { say, type Refused } from '@core/refusal'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { listMessages, readMessage } from '@/api/cases'
import { asRefused } from '@/api/client'
import { useInSight } from '@/components/in-sight'
import { MainNav } from '@/components/main-nav'
import { momentWords } from '@/components/moment'
import { goTo, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { token } from '@/stores/session'
import { Box, Tap, Words } from '@/ui/box'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import './index.scss'

type Message = Messages['messages'][number]

/** What I was told, the newest on top; opening one marks it read and leads to its case. */
export default function MessagesPage() {
  useGuard({ page: 'messages', params: {}, inSight: useInSight() })
  const { messages, refused, open } = useMessages()
  const unread = messages?.filter(({ read }) => !read).length ?? 0
  return (
    <Page title="消息" footer={<MainNav here="messages" unread={unread} />}>
      {refused && <Notice kind="warn">{say(refused)}</Notice>}
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
              <MessageCard message={message} onOpen={() => open(message)} />
            </Box>
          ))}
        </Box>
      )}
    </Page>
  )
}

function MessageCard({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const { title, text, at, read, caseId, ticketId } = message
  return (
    <Tap className={`card message ${read ? '' : 'message-new'}`} onTap={onOpen}>
      <Words className="message-head">
        <Words className="message-title">{title}</Words>
        {!read && <Tag tone="active">未读</Tag>}
      </Words>
      <Words className="message-text">{text}</Words>
      <Words className="message-foot">
        <Words>{momentWords(at)}</Words>
        {(caseId ?? ticketId) && (
          <Words className="message-more">
            {caseId ? '查看办件' : '查看求助'}<Icon name="next" />
          </Words>
        )}
      </Words>
    </Tap>
  )
}

function useMessages() {
  const [messages, setMessages] = useState<readonly Message[]>()
  const [refused, setRefused] = useState<Refused>()
  useDidShow(() => {
    if (!token()) return
    listMessages()
      .then((page) => {
        setMessages(page.messages)
        setRefused(undefined)
      })
      .catch((error: unknown) => setRefused(asRefused(error)))
  })
  const open = ({ id, read, caseId, ticketId }: Message) => {
    if (!read) {
      setMessages((all) => all?.map((one) => (one.id === id ? { ...one, read: true } : one)))
      // Still unread on the server if this is lost: it then shows as unread again.
      readMessage(id).catch(asRefused)
    }
    if (caseId) goTo('case', { id: caseId })
    else if (ticketId) goTo('ticket', { id: ticketId })
  }
  return { messages, refused, open }
}
