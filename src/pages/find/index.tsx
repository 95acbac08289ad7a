import type { Found } from '@core/contract/find'
import type { TopicBrief } from '@core/contract/home'
import { say } from '@core/refusal'
import { useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import { type Audience, AudienceChoice } from '@/components/audience-choice'
import { TopicCard } from '@/components/topic-card'
import { TopicList } from '@/components/topic-list'
import { goBack, goTo } from '@/platform/navigation'
import { refreshHome, useHome } from '@/stores/home'
import { Box, Tap, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { SelectField } from '@/ui/fields'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice } from '@/ui/status'
import { SearchBox } from './search-box'
import { useFinding } from './use-finding'
import './index.scss'

const ANY_STAGE = 'any'
const AUDIENCE_WORDS: Record<Audience, string> = { person: '个人', company: '企业' }

/** 找办事: in one's own words, by audience and by stage of life. */
export default function FindPage() {
  const { topics: known, refused: homeRefused } = useHome()
  const topics = known ?? []
  const finding = useFinding()
  const [audience, setAudience] = useState<Audience>()
  const [stage, setStage] = useState(ANY_STAGE)
  useDidShow(() => {
    if (!known) void refreshHome()
  })
  const [open, setOpen] = useState<boolean>()
  // While something is looked for, its answers come first.
  const filtering = open ?? !finding.typed.trim()
  const forThem = topics.filter((topic) => !audience || topic.audience === audience)
  const stages = [...new Set(forThem.map((topic) => topic.stage))]
  const shown = forThem.filter((topic) => stage === ANY_STAGE || topic.stage === stage)
  const choose = (next: Audience) => {
    setAudience(next === audience ? undefined : next)
    setStage(ANY_STAGE)
  }
  const unfilter = () => {
    setAudience(undefined)
    setStage(ANY_STAGE)
  }
  return (
    <Page title="您想办什么事？" onBack={goBack}>
      <SearchBox {...finding} />
      <Tap className="find-filter" expanded={filtering} onTap={() => setOpen(!filtering)}>
        <Words>{filterWords(audience, stage)}</Words>
        <Icon name="down" className={filtering ? 'find-open' : ''} />
      </Tap>
      {filtering && (
        <>
          <AudienceChoice
            value={audience} onChange={choose}
            count={(one) => topics.filter((topic) => topic.audience === one).length}
          />
          <SelectField
            id="stage" label="阶段" value={stage} onChange={setStage}
            options={[
              { value: ANY_STAGE, label: '全部阶段' },
              ...stages.map((name) => ({ value: name, label: name })),
            ]}
          />
        </>
      )}
      {!known && !homeRefused && <Loading rows={3} />}
      {!known && homeRefused && (
        <Empty
          title="暂时打不开" note={say(homeRefused)}
          action={{ label: '再试一次', onTap: () => void refreshHome() }}
        />
      )}
      {known && <Answer {...finding} topics={shown} unfilter={unfilter} />}
    </Page>
  )
}

function filterWords(audience: Audience | undefined, stage: string): string {
  const whose = audience ? AUDIENCE_WORDS[audience] : '个人和企业'
  return `筛选：${whose} · ${stage === ANY_STAGE ? '全部阶段' : stage}`
}

type Finding = ReturnType<typeof useFinding>

function Answer({ typed, asked, found, refused, search, topics, unfilter }: Finding & {
  topics: readonly TopicBrief[]
  unfilter: () => void
}) {
  if (!typed.trim()) return <Everything topics={topics} />
  if (refused) {
    const away = refused.code === 'OFFLINE' || refused.code === 'TIMEOUT'
    return (
      <>
        <Notice
          kind="warn" title={away ? '现在连不上网络，不能搜索' : undefined}
          action={(
            <Button kind="secondary" compact icon="retry" onTap={search}>再试一次</Button>
          )}
        >
          <Box as="p" className="find-told">
            {away ? '下面是可以办的全部事情，您可以直接找。' : say(refused)}
          </Box>
        </Notice>
        <Everything topics={topics} />
      </>
    )
  }
  if (!found) return <Loading label="正在查找" rows={2} />
  return <Hits {...{ asked, found, topics, unfilter }} />
}

function Everything({ topics }: { topics: readonly TopicBrief[] }) {
  const of = (audience: Audience) => topics.filter((topic) => topic.audience === audience)
  return (
    <Box as="section">
      <Box as="h2" className="find-title">可以办的事</Box>
      <TopicList topics={[...of('person'), ...of('company')]} />
    </Box>
  )
}

function Hits({ asked, found, topics, unfilter }: {
  asked: string
  found: readonly Found[]
  topics: readonly TopicBrief[]
  unfilter: () => void
}) {
  const hits = found.flatMap(({ topicId, why }) => {
    const topic = topics.find(({ id }) => id === topicId)
    return topic ? [{ topic, why }] : []
  })
  return (
    <Box as="section">
      <Box role="status" live="polite">
        <Box as="h2" className="find-title">
          {hits.length > 0 ? `找到 ${hits.length} 件事` : `没有找到“${asked}”`}
        </Box>
      </Box>
      {hits.map(({ topic, why }) => (
        <TopicCard
          key={topic.id} topic={topic} why={why}
          onTap={() => goTo('topic', { topic: topic.id })}
        />
      ))}
      {hits.length === 0 && (found.length > 0
        ? <Elsewhere count={found.length} unfilter={unfilter} /> : <Nothing />)}
    </Box>
  )
}

/** Found, but not for this audience and stage. */
function Elsewhere({ count, unfilter }: { count: number; unfilter: () => void }) {
  return (
    <>
      <Box as="p" className="find-note">您选的范围里没有，别的范围里有 {count} 件。</Box>
      <Button kind="secondary" onTap={unfilter}>不筛选，看全部</Button>
    </>
  )
}

function Nothing() {
  return (
    <>
      <Box as="p" className="find-note">
        您可以换个说法，用平常说话的词就行，比如“孩子上户口”“店关门了”。
      </Box>
      <Box className="find-acts">
        <Button kind="secondary" onTap={() => goTo('life')}>从发生的事里选</Button>
      </Box>
      <Box as="p" className="find-note">还是找不到，请拨打下面的电话，说出您遇到的事。</Box>
    </>
  )
}
