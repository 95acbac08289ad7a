import { useCallback, useState } from 'react'
import type { AccessLog } from '@core/contract/session'
import { say } from '@core/refusal'
import { useInSight } from '@/stores/in-sight'
import { momentWords } from '@/components/moment'
import { asRefused } from '@/api/client'
import { getAccessLog } from '@/api/session'
import { goBack } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice } from '@/ui/status'
import './index.scss'

const nothing: AccessLog = { entries: [], next: null }

/** 谁看过我的信息: newest first, a page at a time. */
export default function AccessLogPage() {
  useGuard({ page: 'access-log', params: {}, inSight: useInSight(), unverified: true })
  const load = useCallback(async () => (token() ? getAccessLog() : nothing), [])
  const { value: first, refused } = useLoaded(load)
  const [more, setMore] = useState<AccessLog>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const entries = [...first?.entries ?? [], ...more?.entries ?? []]
  const next = more ? more.next : first?.next
  const older = (after: string) => {
    setBusy(true)
    setProblem(undefined)
    getAccessLog(after)
      .then((page) => setMore((before) => ({
        entries: [...before?.entries ?? [], ...page.entries], next: page.next,
      })))
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => setBusy(false))
  }
  return (
    <Page
      title="谁看过我的信息" onBack={goBack}
      lead="每一次查看和修改都有记录，包括您自己的，任何人不能改。"
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {!first && !refused && <Loading />}
      {first?.entries.length === 0 && <Empty title="还没有人查看过您的信息" />}
      {entries.length > 0 && (
        <Card>
          <Box as="ul" className="readers" label="访问记录，最新的在最前">
            {entries.map(({ at, who, what, why }, n) => (
              <Box as="li" key={`${at}-${n}`} className="reader">
                <Box as="p" className="reader-when">{momentWords(at)}</Box>
                <Box as="p">{`${who}：${what}（${why}）`}</Box>
              </Box>
            ))}
          </Box>
        </Card>
      )}
      {problem && <Notice kind="error">{problem}</Notice>}
      {next && (
        <Button kind="secondary" busy={busy} onTap={() => older(next)}>看更早的</Button>
      )}
    </Page>
  )
}
