import type { CaseBrief } from '@core/contract/case'
import { say, type Refused } from '@core/refusal'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { CaseCard } from '@/components/case-card'
import { useInSight } from '@/stores/in-sight'
import { MainNav } from '@/components/main-nav'
import { goTo, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { fetchCases, recallCases } from '@/stores/cases'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { CardLink } from '@/ui/card'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice, Tag } from '@/ui/status'
import { useDraftBriefs } from './use-draft-briefs'
import './index.scss'

/** Everything I have begun: drafts first, then cases, the newest on top. */
export default function CasesPage() {
  const welcome = useGuard({ page: 'cases', params: {}, inSight: useInSight() })
  const { cases, next, busy, refused, more } = useCaseList()
  const drafts = useDraftBriefs()
  const nothing = cases?.length === 0 && drafts.length === 0
  return (
    <Page title="我的办件" footer={<MainNav here="cases" />}>
      {refused && <Notice kind="warn">{say(refused)}</Notice>}
      {(!welcome || (!cases && !refused)) && <Loading />}
      {drafts.length > 0 && (
        <Box as="section" className="case-list">
          <Box as="h2" className="case-list-title">还没提交的</Box>
          {drafts.map(({ topicId, title }) => (
            <CardLink
              key={topicId} icon="document" title={title} note="接着上次的地方填写"
              tag={<Tag tone="warn">草稿</Tag>}
              onTap={() => goTo('topic', { topic: topicId })}
            />
          ))}
        </Box>
      )}
      {cases && cases.length > 0 && (
        <Box as="section" className="case-list">
          <Box as="h2" className="case-list-title">已经提交的</Box>
          {cases.map((brief) => (
            <CaseCard key={brief.id} brief={brief} onTap={() => goTo('case', { id: brief.id })} />
          ))}
        </Box>
      )}
      {next && <Button kind="secondary" busy={busy} onTap={more}>查看更早的办件</Button>}
      {welcome && <LinkButton onTap={() => goTo('tickets')}>我的求助</LinkButton>}
      {nothing && (
        <Empty
          title="还没有办件" note="在首页选一件事，就可以开始。"
          action={{ label: '去首页看看', onTap: () => startOver() }}
        />
      )}
    </Page>
  )
}

function useCaseList() {
  const [cases, setCases] = useState<readonly CaseBrief[]>()
  const [next, setNext] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const load = (after?: string) => {
    setBusy(true)
    fetchCases(after)
      .then((page) => {
        setCases((before) => (after ? [...(before ?? []), ...page.cases] : page.cases))
        setNext(page.next)
        setRefused(undefined)
      })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  useDidShow(() => {
    if (!token()) return
    const kept = recallCases()
    if (kept && !cases) setCases(kept.cases)
    load()
  })
  return { cases, next, busy, refused, more: () => next && load(next) }
}
