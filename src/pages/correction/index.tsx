import type { CaseView } from '@core/contract/case'
import { say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { getCaseContent } from '@/api/cases'
import { asRefused } from '@/api/client'
import { getCertificates } from '@/api/session'
import { FieldInput } from '@/components/field-input'
import { FillingGate } from '@/components/filling-gate'
import { useInSight } from '@/stores/in-sight'
import { MaterialCard, nameOf } from '@/components/material-card'
import { type CardSheet, CardSheets } from '@/components/material-card/sheets'
import { PhotoSheets } from '@/components/photo-taking'
import { shapeOf, type Taking, usePhotoTaking } from '@/components/photo-taking/use-taking'
import { goBack, pageUrl } from '@/platform/navigation'
import { useShareOf } from '@/platform/share'
import { useGuard } from '@/stores/account'
import { type AskedThing, answerField, answerMaterial, thingName } from '@/stores/corrections'
import { useTopic } from '@/stores/filling'
import { useLoaded } from '@/stores/loaded'
import { setShared, useSession } from '@/stores/session'
import { useTopics } from '@/stores/topics'
import { useMyMaterials } from '@/stores/my-materials'
import { removeShot, retryShot, shotsOf } from '@/stores/uploads'
import { useWatchedCase } from '@/stores/watched-case'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import { SigningAgain } from './signing-again'
import { type Correcting, useCorrecting } from './use-correcting'
import './index.scss'

/** 补正: only what is asked, each with its reason and who asks; answered in one go. */
export default function CorrectionPage() {
  const { id = '' } = useRouter<{ id: string }>().params
  const welcome = useGuard({ page: 'correction', params: { id }, inSight: useInSight() })
  const { kept, refused } = useWatchedCase(id)
  const view = kept?.view
  const { topic } = useTopic(view?.topicId ?? '')
  const load = useCallback(() => getCaseContent(id), [id])
  const content = useLoaded(load)
  const title = topic?.title ?? '喀什一件事'
  useShareOf((code) => (code
    ? { title: `请您在“${title}”的申请上签名`, path: pageUrl('countersign', { code }) }
    : { title, path: pageUrl('topic', { topic: view?.topicId ?? '' }) }))
  if (view && !view.correction) return <NothingAsked />
  if (!welcome || !view || !topic || !content.value) {
    return <FillingGate title="补正" refused={refused ?? content.refused} />
  }
  return <Correction correcting={{ view, topic, content: content.value }} />
}

function NothingAsked() {
  return (
    <Page title="补正" onBack={goBack} footer={<Button onTap={goBack}>返回办件</Button>}>
      <Notice kind="good" title="现在不用补正">要补的内容已经收到，各部门会接着办。</Notice>
    </Page>
  )
}

function Correction({ correcting }: { correcting: Correcting }) {
  const { view } = correcting
  const {
    things, problems, attempt, busy, refused, send, signing, ...answers
  } = useCorrecting(correcting)
  const taking = usePhotoTaking()
  const [sheet, setSheet] = useState<CardSheet>()
  useCertificates(things)
  return (
    <Page
      title="补正"
      lead={`共 ${things.length} 处，只改这里列出的内容，一次提交。`}
      wrong={problems.length > 0}
      onBack={goBack}
      footer={<Button busy={busy} onTap={send}>{busy ? '正在提交' : '提交补正'}</Button>}
    >
      <ErrorSummary key={attempt} problems={[...problems]} />
      {refused && <Notice kind="error" title="还没有提交成功">{say(refused)}</Notice>}
      {taking.failed && <Notice kind="error" title="这张照片没有用上">{taking.failed}</Notice>}
      {things.map((thing) => (
        <Box as="section" className="asked" key={`${thing.ask.kind} ${thing.ask.key}`}>
          <Reason thing={thing} view={view} />
          <Answer
            thing={thing} correcting={correcting} taking={taking} answers={answers}
            onSheet={setSheet}
            error={problems.find(({ field }) => field === thing.ask.key)?.text}
          />
        </Box>
      ))}
      <SigningAgain {...signing} />
      <PhotoSheets taking={taking} />
      {sheet && (
        <CardSheets
          sheet={sheet} topic={correcting.topic} owner={view.id}
          supply={answers.typed.materials[sheet.material.key]} onClose={() => setSheet(undefined)}
        />
      )}
    </Page>
  )
}

/** Certificates can answer too; without them everything can still be photographed. */
function useCertificates(things: readonly AskedThing[]) {
  const known = useSession(({ shared }) => shared !== undefined)
  const wanted = things.some(({ material }) => material?.certificate)
  useEffect(() => {
    if (wanted && !known) getCertificates().then(setShared).catch(asRefused)
  }, [wanted, known])
}

function Reason({ thing, view }: { thing: AskedThing; view: CaseView }) {
  const { ask } = thing
  const task = view.tasks.find(({ itemId }) => itemId === ask.itemId)
  return (
    <Box className="asked-why">
      <Box as="h2" className="asked-title">{thingName(thing)}</Box>
      <Box as="p" className="asked-text">{`原因：${ask.reason}`}</Box>
      <Box as="p" className="asked-text muted">
        {`提出：${task?.department ?? view.contact.office}`}
      </Box>
    </Box>
  )
}

interface AnswerProps {
  thing: AskedThing
  correcting: Correcting
  taking: Taking
  answers: Pick<ReturnType<typeof useCorrecting>, 'round' | 'typed' | 'shots'>
  error: string | undefined
  onSheet: (sheet: CardSheet) => void
}

function Answer({ thing, correcting, taking, answers, error, onSheet }: AnswerProps) {
  const mineOf = useMyMaterials()
  const { view, topic, content } = correcting
  const { round, typed, shots } = answers
  const regions = useTopics((state) => state.regions)
  const certificates = useSession(({ shared }) => shared?.certificates) ?? []
  const { field, material } = thing
  if (field) {
    return (
      <FieldInput
        field={field} regions={regions} error={error}
        value={typed.form[field.key] ?? content.form[field.key] ?? ''}
        onChange={(value) => answerField(view.id, round, field.key, value)}
      />
    )
  }
  if (!material) return null
  const { key, sides, certificate: type, relation } = material
  const place = { caseId: view.id, round, key }
  const spot = { topicId: view.id, key }
  const subject = (at: number) =>
    ({ spot: { ...spot, place: at }, name: nameOf(material, at), shape: shapeOf(material) })
  const found = mineOf(material)
  return (
    <MaterialCard
      material={material}
      itemNames={new Map(topic.items.map(({ id, short }) => [id, short]))}
      supply={typed.materials[key]}
      shots={shotsOf(shots, spot, [])}
      certificate={certificates.find((one) => one.type === type && one.holder === relation)}
      live={taking.live}
      preparing={taking.preparing?.key === key ? taking.preparing.place : undefined}
      error={error}
      onShoot={(at, from) => taking.take(subject(at), from)}
      onExplain={() => taking.explain(subject(0))}
      onEdit={(shot) => taking.edit(subject(shot.place), shot)}
      onLedger={() => onSheet({ is: 'ledger', material })}
      onReuse={found.length > 0 ? () => onSheet({ is: 'reuse', material, found }) : undefined}
      onRemove={(shot) => removeShot(shot, sides.length)}
      onRetry={retryShot}
      onOpen={(shot) => taking.look(subject(shot.place), shot)}
      onCertificate={(id) => answerMaterial(place, id
        ? { by: 'certificate', certificateId: id }
        : undefined)}
      onDeclare={(declared) => answerMaterial(place, declared ? { by: 'declaration' } : undefined)}
    />
  )
}
