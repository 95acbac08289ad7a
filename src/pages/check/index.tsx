import type { PlannedField } from '@core/form'
import { answerLabels } from '@core/question'
import type { Problem } from '@core/validate'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { AlreadySent } from '@/components/already-sent'
import { type AnswerGroup, AnswerList, type AnswerRow } from '@/components/answer-list'
import { FillingGate } from '@/components/filling-gate'
import { useInSight } from '@/stores/in-sight'
import { MovedNotice } from '@/components/moved-notice'
import { StuckLink } from '@/components/stuck-link'
import { focusOn } from '@/platform/focus'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { remember } from '@/stores/drafts'
import { type Filling, formProblems, materialProblems, useFilling } from '@/stores/filling'
import { useMoved } from '@/stores/moved'
import { mayDo, usePersona } from '@/stores/persona'
import { useRegion } from '@/stores/place'
import { afterCheck } from '@/stores/signing'
import { useSent, useSubmitting } from '@/stores/submitting'
import { STUCK_WORDS, switchTo } from '@/stores/switching'
import { useTopics } from '@/stores/topics'
import { Box, Tap, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { PAGE_SIZE } from '@/ui/paging'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { type Place, gathered, materialTerm, placeOf, shownValue, suppliedWords } from './groups'
import { peopleOf } from './people'

const PROBLEMS = 'check-problems'

/** Everything that was answered, to look over before signing (U8). */
export default function CheckPage() {
  const { topic: topicId = '' } = useRouter<{ topic: string }>().params
  const { filling, refused } = useFilling(topicId)
  const sent = useSent(topicId)
  const inSight = useInSight()
  const welcome = useGuard({ page: 'check', params: { topic: topicId }, inSight })
  if (sent && (!filling || filling.draft.changedAt === 0)) return <AlreadySent {...sent} />
  if (!welcome || !filling) return <FillingGate title="核对填写的内容" refused={refused} />
  return <Check filling={filling} />
}

function Check({ filling }: { filling: Filling }) {
  const topicId = filling.topic.id
  const open = ({ page, at }: Place) =>
    goTo(page, { topic: topicId, [page === 'questions' ? 'question' : 'field']: at, from: 'check' })
  const problems = useProblems(filling)
  useRegion()
  useEffect(() => remember(topicId, 'check'), [topicId])
  const [stop] = filling.plan.stops
  const mayFile = usePersona(({ acting }) => mayDo(acting, topicId, 'file'))
  const groups = useGroups(filling, open)
  const next = () => {
    if (problems.length > 0 || stop) focusOn(PROBLEMS)
    else goTo(afterCheck(filling), { topic: topicId })
  }
  return (
    <Page
      title="核对填写的内容"
      lead="请从头看一遍，有不对的点“修改”，改完会回到这里。"
      wrong={problems.length > 0}
      onBack={goBack}
      footer={mayFile
        ? <Button onTap={next}>确认无误，去签名</Button>
        : <HandBack />}
    >
      {stop && (
        <Box id={PROBLEMS} focusable>
          <Notice kind="error" title={stop.title} action={<StuckLink />}>
            {`${stop.text}${stop.next}`}
          </Notice>
        </Box>
      )}
      <WhatMoved filling={filling} />
      {!stop && problems.length > 0 && (
        <Problems
          problems={gathered(filling, problems)}
          onOpen={(problem) => open(placeOf(filling, problem))}
        />
      )}
      <AnswerList groups={groups} />
    </Page>
  )
}

/** 填好了: whoever may only fill goes back to being themselves; the other finds it all there. */
function HandBack() {
  const [busy, setBusy] = useState(false)
  const handBack = () => {
    setBusy(true)
    switchTo(undefined)
      .then((stuck) => (stuck
        ? showToast(STUCK_WORDS[stuck], 'error')
        : showToast('已存好并交还，请本人在自己的手机上核对、提交', 'done')))
      .finally(() => setBusy(false))
  }
  return <Button busy={busy} onTap={handBack}>填好了，交还给本人提交</Button>
}

/** What stands against submitting; the server's word counts only while the phone sees nothing. */
function useProblems(filling: Filling): Problem[] {
  const told = useSubmitting(({ byTopic }) => byTopic[filling.topic.id])
  const { next } = filling.plan
  const own: Problem[] = [
    ...(next ? [{ field: next.id, code: 'EMPTY' as const, text: `请回答：${next.ask}` }] : []),
    ...formProblems(filling),
    ...materialProblems(filling).filter(({ code }) => code !== 'NOT_ASKED'),
  ]
  if (own.length > 0 || told?.draftAt !== filling.draft.changedAt) return own
  return (told.problems ?? []).filter(({ field }) => !/^(consent|sign)\./.test(field))
}

function useGroups(filling: Filling, open: (place: Place) => void): AnswerGroup[] {
  const { topic, plan, pages, wanted, draft } = filling
  const regions = useTopics((state) => state.regions)
  const [bare, setBare] = useState(false)
  const rowOf = (field: PlannedField): AnswerRow => ({
    term: field.label,
    value: shownValue(field, draft.body.form[field.key] ?? '', { regions, bare }),
    onChange: () => open({ page: 'form', at: field.key }),
  })
  const roles = topic.roles.filter(({ id }) => pages.some(({ role }) => role === id))
  const groups: readonly AnswerGroup[] = [
    {
      title: '办理情形',
      rows: plan.questions.map((question) => ({
        term: question.ask,
        value: answerLabels(question, plan.answers[question.id]).join('、') || undefined,
        onChange: () => open({ page: 'questions', at: question.id }),
      })),
    },
    ...roles.map(({ id, label, many }): AnswerGroup => {
      const own = pages.filter(({ role }) => role === id)
      const masked = own.some(({ fields }) => fields.some(({ type, key }) =>
        type === 'idNumber' && draft.body.form[key]))
      return {
        aside: masked && (
          <LinkButton label={`${bare ? '隐藏' : '显示'}${label}的身份证号`} onTap={() => setBare(!bare)}>
            {bare ? '隐藏证件号' : '显示证件号'}
          </LinkButton>
        ),
        ...(many
          ? { rows: [], ...peopleOf(filling, id, { regions, bare, open }) }
          : { title: label, rows: own.flatMap(({ fields }) => fields.map(rowOf)) }),
      }
    }),
    {
      title: '材料',
      rows: wanted.map((material) => ({
        term: materialTerm(material),
        value: suppliedWords(draft.body.materials[material.key]),
        empty: material.optional ? '没有提供（选填）' : '还没有提供',
        onChange: () => open({ page: 'materials', at: material.key }),
      })),
    },
  ]
  return groups.filter(({ rows, children }) => rows.length > 0 || children)
}

function Problems(props: { problems: readonly Problem[]; onOpen: (problem: Problem) => void }) {
  const { problems, onOpen } = props
  return (
    <Box className="errors" id={PROBLEMS} role="alert" focusable>
      <Box as="h2" className="errors-title">
        <Icon name="alert" />
        <Words>{`还有 ${problems.length} 处需要填写或修改`}</Words>
      </Box>
      <Box as="ul" className="errors-list">
        {problems.slice(0, PAGE_SIZE).map((problem) => (
          <Box as="li" key={`${problem.field} ${problem.code}`}>
            <Tap className="link link-error" onTap={() => onOpen(problem)}>
              <Words>{problem.text}</Words>
            </Tap>
          </Box>
        ))}
      </Box>
      {problems.length > PAGE_SIZE && (
        <Box as="p">{`改好这 ${PAGE_SIZE} 处，再列出后面的。`}</Box>
      )}
    </Box>
  )
}

function WhatMoved({ filling }: { filling: Filling }) {
  const refused = useSubmitting(({ byTopic }) => byTopic[filling.topic.id]?.moved)
  const found = useMoved(filling)
  const moved = refused ?? found
  return moved ? <MovedNotice moved={moved} advice="请核对以后重新签名提交。" /> : null
}
