import type { Join } from '@core/contract/topic'
import { joinsOf } from '@core/join'
import { type Refused, say } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { goTo } from '@/platform/navigation'
import type { Filed } from '@/stores/filed'
import { useTopic } from '@/stores/filling'
import { takeAlong } from '@/stores/joining'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Notice } from '@/ui/status'
import './index.scss'

/** 联办: what a case leads on to, with what was already told filled in there. */
export function Joins({ filed, regionCode }: { filed: Filed; regionCode: string }) {
  const facts = { answers: filed.plan.answers, form: filed.content.form }
  return (
    <>
      {joinsOf(filed.topic, facts).map((join) => (
        <GoOn key={join.topic} {...{ join, filed, regionCode }} />
      ))}
    </>
  )
}

function GoOn({ join, filed, regionCode }: { join: Join; filed: Filed; regionCode: string }) {
  const { topic } = useTopic(join.topic)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  if (!topic) return null
  const go = () => {
    setBusy(true)
    setRefused(undefined)
    takeAlong(join, filed, regionCode)
      .then(() => goTo('topic', { topic: topic.id }))
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return (
    <Card title="接着办">
      <Box as="p" className="join-text">{join.text}</Box>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Button kind="secondary" busy={busy} onTap={go}>{`接着办：${topic.title}`}</Button>
    </Card>
  )
}
