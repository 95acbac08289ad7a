import { useMemo, useState } from 'react'
import { useRouter } from '@tarojs/taro'
import type { Topic } from '@core/contract/topic'
import type { Refused } from '@core/refusal'
import { say } from '@core/refusal'
import { flowOf } from '@core/flow'
import { everyOf } from '@core/form'
import { limitText } from '@core/limit'
import { type PlannedMaterial, toSupply } from '@core/materials'
import { type Plan, makePlan, usualFacts } from '@core/plan'
import { ofWhom } from '@core/titled'
import { FillingGate } from '@/components/filling-gate'
import { HelpLine } from '@/components/help-line'
import { momentWords } from '@/components/moment'
import { PlanFlow } from '@/components/plan-flow'
import { isBegun, resume } from '@/components/resume'
import { SavedCard } from '@/components/saved-card'
import { SeasonNote } from '@/components/season-note'
import { asRefused } from '@/api/client'
import { goBack, goTo } from '@/platform/navigation'
import { useShare } from '@/platform/share'
import { discardDraft, openDraft } from '@/stores/drafts'
import { type Filling, useFilling } from '@/stores/filling'
import { mayDo, usePersona } from '@/stores/persona'
import { useRegion } from '@/stores/place'
import { useSettings } from '@/stores/settings'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Page } from '@/ui/page'
import { Notice, Tag } from '@/ui/status'
import './index.scss'

/** 办事指南: what this one thing is, takes and saves, before anything is asked. */
export default function Guide() {
  const { params } = useRouter()
  const topicId = params.topic ?? ''
  const { filling, refused } = useFilling(topicId)
  useShare(filling?.topic.title ?? '喀什一件事', `/pages/topic/index?topic=${topicId}`)
  if (!filling) return <FillingGate title="办事指南" refused={refused} />
  return <Shown filling={filling} />
}

function Shown({ filling }: { filling: Filling }) {
  const { topic, plan, draft } = filling
  const region = useRegion()
  const usual = plan.next !== undefined
  const shown = useMemo(
    () => (usual ? makePlan(topic, usualFacts(topic, draft.body)) : plan),
    [usual, topic, draft.body, plan],
  )
  const flow = useMemo(() => flowOf(shown, topic.departments), [shown, topic.departments])
  const begun = isBegun(filling)
  const mayFill = usePersona(({ acting }) => mayDo(acting, topic.id, 'fill'))
  const mayErase = usePersona(({ acting }) => mayDo(acting, topic.id, 'file'))
  return (
    <Page
      title={topic.title} lead={topic.summary} onBack={goBack}
      help={<HelpLine />}
      footer={mayFill && (begun
        ? <Button onTap={() => resume(filling)}>{continueWords(filling)}</Button>
        : (
          <Button onTap={() => goTo('questions', { topic: topic.id })}>开始办理</Button>
        ))}
    >
      {!mayFill && <Notice kind="info">这份委托只能看进度，填写请由本人来做。</Notice>}
      {begun && mayErase && <StartAgain filling={filling} />}
      <SavedCard plan={shown} usual={usual} />
      <Card title="怎么办理">
        <Box as="p" className="guide-note">
          {usual
            ? '这是最常见的办法，回答几个问题后按您的情况办。'
            : '按您回答的情况，要办下面这些。'}
        </Box>
        <PlanFlow flow={flow} />
      </Card>
      <SeasonNote plan={shown} regionCode={region?.code ?? null} />
      {plan.notices.map(({ id, text }) => <Notice key={id} kind="info">{text}</Notice>)}
      <Conditions filling={filling} />
      <Papers shown={shown} plan={plan} />
      <Visits plan={shown} />
      <Times plan={shown} />
      <Card title="办理部门"><Offices topic={topic} plan={plan} /></Card>
      <Card title="依据">
        <Box as="ul" className="guide-list">
          {topic.basis.map(({ law, article }) => (
            <Box as="li" key={law}>{`${law}（${article}）`}</Box>
          ))}
        </Box>
      </Card>
      <CardLink
        title="完整办事指南" icon="document" note="每个事项的条件、材料、时限和依据，可以打印"
        onTap={() => goTo('guide', { topic: topic.id })}
      />
    </Page>
  )
}

function continueWords({ draft: { savedAt } }: Filling): string {
  return savedAt ? `继续填写（已保存于 ${momentWords(savedAt)}）` : '继续填写'
}

function StartAgain({ filling: { topic, draft } }: { filling: Filling }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const again = async () => {
    const regionCode = useSettings.getState().region
    await discardDraft(topic.id)
    await openDraft(topic.id, { topicVersion: topic.version, regionCode })
    setAsking(false)
  }
  const kept = draft.keptUntil ? `，保留到 ${momentWords(draft.keptUntil)}` : ''
  return (
    <Notice
      kind="info" title={`您有一份没填完的申请${kept}`}
      action={<Button kind="quiet" compact onTap={() => setAsking(true)}>重新开始</Button>}
    >
      {refused && <Box as="p" role="alert">{say(refused)}</Box>}
      {asking && (
        <Confirm
          title="重新开始？" text="已经填写的内容和照片都会删除，不能恢复。"
          yes="删除并重新开始" danger busy={busy}
          onNo={() => setAsking(false)}
          onYes={() => {
            setBusy(true)
            again().catch((error: unknown) => setRefused(asRefused(error)))
              .finally(() => setBusy(false))
          }}
        />
      )}
    </Notice>
  )
}

function Conditions({ filling: { plan } }: { filling: Filling }) {
  const listed = plan.items.filter(({ item }) => item.conditions.length > 0)
  if (listed.length === 0) return null
  return (
    <Card title="办理条件">
      {listed.map(({ item }) => (
        <Box key={item.id} className="guide-part">
          <Box as="h3" className="guide-name">{item.short}</Box>
          <Box as="ul" className="guide-list">
            {item.conditions.map((text) => <Box as="li" key={text}>{text}</Box>)}
          </Box>
        </Box>
      ))}
    </Card>
  )
}

/** What the shown plan takes, then what only some situations take. */
function Papers({ shown, plan }: { shown: Plan; plan: Plan }) {
  const wanted = toSupply(shown.materials).filter(isFirst)
  const usual = new Set(wanted.map(({ key }) => key))
  const perhaps = plan.materials.filter(({ key, certain, fromItem, how }) =>
    !certain && !fromItem && how !== 'onsite' && !usual.has(key)).filter(isFirst)
  if (wanted.length + perhaps.length === 0) return null
  return (
    <Card title="要准备的材料">
      <Box as="ul" className="guide-list">
        {wanted.map((material) => (
          <Box as="li" key={material.key}>
            <Words>{`${ofWhom(everyOf(material), material.name)} `}</Words>
            {material.optional && <Tag>选填</Tag>}
            {material.how === 'declaration' && <Tag tone="active">在线确认</Tag>}
            {material.certificate && <Tag tone="good">有电子证照不用拍</Tag>}
          </Box>
        ))}
      </Box>
      {perhaps.length > 0 && <Perhaps materials={perhaps} />}
    </Card>
  )
}

/** Of a list of people one stands for all. */
const isFirst = ({ row = 1 }: PlannedMaterial) => row === 1

function Perhaps({ materials }: { materials: readonly PlannedMaterial[] }) {
  const owners = [...new Set(materials.map(everyOf))]
  return (
    <Box className="guide-perhaps">
      <Box as="h3" className="guide-name">有的情况还要</Box>
      <Box as="ul" className="guide-list">
        {owners.map((owner) => {
          const own = materials.filter((one) => everyOf(one) === owner).map(({ name }) => name)
          return <Box as="li" key={owner}>{`${owner}：${own.join('、')}`}</Box>
        })}
      </Box>
    </Box>
  )
}

function Visits({ plan }: { plan: Plan }) {
  if (plan.onsite.length === 0) return null
  return (
    <Card title="要到场办的">
      {plan.onsite.map(({ id, itemId, text, who, why }) => (
        <Box key={`${itemId}-${id}`} className="guide-part">
          <Box as="p" className="guide-name">{text}</Box>
          <Box as="p" className="guide-note">{`谁去：${who}。原因：${why}。`}</Box>
        </Box>
      ))}
    </Card>
  )
}

function Times({ plan }: { plan: Plan }) {
  if (plan.deadlines.length === 0) return null
  return (
    <Card title="您要记住的时间">
      {plan.deadlines.map(({ id, text, missed, basis }) => (
        <Box key={id} className="guide-part">
          <Box as="p" className="guide-name">{text}</Box>
          <Box as="p" className="guide-note">{missed}</Box>
          <Box as="p" className="guide-note">{`依据：${basis.law}${basis.article}`}</Box>
        </Box>
      ))}
    </Card>
  )
}

function Offices({ topic, plan }: { topic: Topic; plan: Filling['plan'] }) {
  const facts = topic.departments.flatMap(({ id, name }) => {
    const mine = plan.items.filter(({ item }) => item.department === id)
    if (mine.length === 0) return []
    return [{
      term: name,
      value: mine.map(({ item }) => (
        <Box key={item.id} className="guide-office">
          <Box as="p" className="guide-name">{item.name}</Box>
          <Box as="p" className="guide-note">
            {`${limitText(item.promised)}${item.status === 'draft' ? '（参考）' : ''}，${item.fee.text}`}
          </Box>
          <Box as="p" className="guide-note">{item.fee.basis}</Box>
        </Box>
      )),
    }]
  })
  return <Facts facts={facts} />
}
