import type { LifeGroup } from '@core/contract/find'
import { say } from '@core/refusal'
import { useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import { goBack, goTo } from '@/platform/navigation'
import { refreshLife, useFind } from '@/stores/find'
import { Box, Tap, Words } from '@/ui/box'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { Empty, Loading } from '@/ui/status'
import './index.scss'

const AUDIENCES = [
  { audience: 'person', label: '自己和家里的事' },
  { audience: 'company', label: '店里和企业的事' },
] as const

/** 发生了什么事？ For whoever does not know what the thing is called: two taps to a topic. */
export default function LifePage() {
  const { life, lifeRefused } = useFind()
  const [open, setOpen] = useState<string>()
  useDidShow(() => void refreshLife())
  return (
    <Page
      title="发生了什么事？" lead="选最接近的一件，我们告诉您要办什么。" onBack={goBack}
    >
      {!life && !lifeRefused && <Loading rows={5} />}
      {!life && lifeRefused && (
        <Empty
          title="暂时打不开" note={say(lifeRefused)}
          action={{ label: '再试一次', onTap: () => void refreshLife() }}
        />
      )}
      {life && AUDIENCES.map(({ audience, label }) => (
        <Box as="section" className="life-part" key={audience}>
          <Box as="h2" className="life-title">{label}</Box>
          {life.filter((group) => group.audience === audience).map((group) => (
            <Group
              key={group.id} group={group} open={open === group.id}
              onTap={() => setOpen(open === group.id ? undefined : group.id)}
            />
          ))}
        </Box>
      ))}
    </Page>
  )
}

function Group({ group, open, onTap }: { group: LifeGroup; open: boolean; onTap: () => void }) {
  return (
    <Box className={`life-group ${open ? 'life-open' : ''}`}>
      <Tap className="life-head" expanded={open} onTap={onTap}>
        <Words className="life-name">{group.title}</Words>
        <Icon name="down" className="life-mark" />
      </Tap>
      {open && (
        <Box as="ul" className="life-events">
          {group.events.map(({ title, note, topic }) => (
            <Box as="li" key={title}>
              <Tap className="life-event" onTap={() => goTo('topic', { topic })}>
                <Words className="life-words">
                  <Words>{title}</Words>
                  {note && <Words className="life-note">{note}</Words>}
                </Words>
                <Icon name="next" className="muted" />
              </Tap>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  )
}
