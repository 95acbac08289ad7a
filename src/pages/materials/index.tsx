import type { PlannedMaterial } from '@core/materials'
import { titled } from '@core/titled'
import { type ReactNode, useEffect, useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { FillingGate } from '@/components/filling-gate'
import { useInSight } from '@/stores/in-sight'
import { MaterialCard, nameOf } from '@/components/material-card'
import { type CardSheet, CardSheets } from '@/components/material-card/sheets'
import { MovedNotice } from '@/components/moved-notice'
import { SaveFooter } from '@/components/save-state'
import { RowPapers } from '@/components/row-papers'
import { PhotoSheets } from '@/components/photo-taking'
import { shapeOf, type Taking, usePhotoTaking } from '@/components/photo-taking/use-taking'
import type { Filling } from '@/stores/filling'
import { materialProblems, useFilling } from '@/stores/filling'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { remember, resolveConflict, saveNow, supply } from '@/stores/drafts'
import { useKeeping } from '@/stores/kept-photos'
import { useShared } from '@/stores/sharing'
import { useLookedAt, useMoved, useMovedNotice } from '@/stores/moved'
import { useSession } from '@/stores/session'
import { useMyMaterials } from '@/stores/my-materials'
import { removeShot, retryShot, type Shot, shotsOf, useUploads } from '@/stores/uploads'
import { ErrorSummary } from '@/ui/error-summary'
import { useFrame } from '@/ui/frame'
import { Page } from '@/ui/page'
import { usePaging } from '@/ui/paging'
import { Empty, Notice } from '@/ui/status'
import { type PersonPapers, usePeople } from './people'

/** 一套材料: each document once, photographed, linked or declared. */
export default function Materials() {
  const { params } = useRouter()
  const inSight = useInSight()
  const welcome = useGuard({ page: 'materials', params, inSight })
  const { filling, refused } = useFilling(params.topic ?? '')
  if (!welcome || !filling) return <FillingGate title="准备材料" refused={refused} />
  return <Supplying filling={filling} back={params.from} field={params.field} />
}

interface SupplyingProps {
  filling: Filling
  back: string | undefined
  /** the material one came for */
  field: string | undefined
}

function Supplying({ filling, back, field }: SupplyingProps) {
  const { topic, draft, wanted } = filling
  const shots = useUploads((state) => state.shots)
  const { online } = useFrame()
  const safe = useKeeping((keeping) => keeping.safe)
  const [tries, setTries] = useState(0)
  const [sheet, setSheet] = useState<CardSheet>()
  const people = usePeople(filling, field)
  const taking = usePhotoTaking()
  useShared(filling)
  const news = useMovedNotice(filling)
  useLookedAt(filling, wanted.map(({ key }) => key))
  useEffect(() => {
    if (!back) remember(topic.id, 'materials')
  }, [topic.id, back])
  const problems = tries > 0 ? stillMissing(filling, shots) : []
  const go = () => {
    setTries(tries + 1)
    if (stillMissing(filling, shots).length > 0) return
    void saveNow(topic.id)
    if (back) goBack()
    else goTo('check', { topic: topic.id })
  }
  const waiting = shots.some((shot) => shot.topicId === topic.id && shot.state.is === 'waiting')
  return (
    <Page
      title="准备材料" onBack={goBack} wrong={problems.length > 0}
      lead={wanted.length > 0 ? `共 ${wanted.length} 份，每份只交一次，各部门共用。` : undefined}
      footer={(
        <SaveFooter
          draft={draft} back={Boolean(back)} onGo={go}
          onResolve={(keep) => void resolveConflict(topic.id, keep)}
        />
      )}
    >
      <ErrorSummary key={tries} problems={problems} onOpen={people.show} />
      {!online && waiting && (
        <Notice kind="info">
          {safe
            ? '照片已经存在手机上，联网后自动上传，关掉页面也不会丢。'
            : '这台手机存不下照片。请先不要关闭这个页面，联网后照片会自动上传。'}
        </Notice>
      )}
      {news && <MovedNotice {...news} advice="标着“有变化”的，请看一遍。" />}
      {taking.failed && <Notice kind="error" title="这张照片没有用上">{taking.failed}</Notice>}
      {wanted.length === 0 && <Empty title="不用提供材料" note="直接继续就可以。" />}
      <Cards
        filling={filling} shots={shots} problems={problems} taking={taking} onSheet={setSheet}
        wanted={wanted.filter(({ row }) => row === undefined)}
      />
      <People
        key={people.begin.turn} groups={people.groups} at={people.begin.at}
        draw={(group) => (
          <RowPapers
            key={group.id} id={group.id} name={group.name} left={group.left}
            open={people.isOpen(group.id)} onTurn={() => people.turn(group.id)}
          >
            <Cards
              filling={filling} shots={shots} problems={problems} taking={taking}
              onSheet={setSheet} wanted={group.wanted}
            />
          </RowPapers>
        )}
      />
      <PhotoSheets taking={taking} />
      {sheet && (
        <CardSheets
          sheet={sheet} topic={topic} owner={topic.id}
          supply={draft.body.materials[sheet.material.key]} onClose={() => setSheet(undefined)}
        />
      )}
    </Page>
  )
}

interface PeopleProps {
  groups: readonly PersonPapers[]
  at: number
  draw: (group: PersonPapers) => ReactNode
}

/** Those of lists, a page of people at a time. */
function People({ groups, at, draw }: PeopleProps) {
  const { shown, pager } = usePaging(groups, at)
  return <>{shown.map(draw)}{pager}</>
}

interface CardsProps {
  filling: Filling
  /** those of the plan to show here */
  wanted: readonly PlannedMaterial[]
  shots: readonly Shot[]
  problems: readonly { field: string; text: string }[]
  taking: Taking
  onSheet: (sheet: CardSheet) => void
}

function Cards({ filling, wanted, shots, problems, taking, onSheet }: CardsProps) {
  const mineOf = useMyMaterials()
  const moved = useMoved(filling)
  const { topic, draft } = filling
  const certificates = useSession(({ shared }) => shared?.certificates) ?? []
  const itemNames = new Map(topic.items.map(({ id, short }) => [id, short]))
  return (
    <>
      {wanted.map((material) => {
        const { key, sides, certificate: type, relation } = material
        const given = draft.body.materials[key]
        const spot = { topicId: topic.id, key }
        const subject = (place: number) =>
          ({ spot: { ...spot, place }, name: nameOf(material, place), shape: shapeOf(material) })
        const found = mineOf(material)
        return (
          <MaterialCard
            key={key}
            material={material}
            itemNames={itemNames}
            supply={given}
            moved={moved?.fresh.has(key)}
            shots={shotsOf(shots, spot, given?.by === 'photos' ? given.ids : [])}
            certificate={certificates.find((one) => one.type === type && one.holder === relation)}
            live={taking.live}
            preparing={taking.preparing?.key === key ? taking.preparing.place : undefined}
            error={problems.find(({ field }) => field === key)?.text}
            onShoot={(place, from) => taking.take(subject(place), from)}
            onExplain={() => taking.explain(subject(0))}
            onEdit={(shot) => taking.edit(subject(shot.place), shot)}
            onLedger={() => onSheet({ is: 'ledger', material })}
            onReuse={found.length > 0
              ? () => onSheet({ is: 'reuse', material, found })
              : undefined}
            onRemove={(shot) => removeShot(shot, sides.length)}
            onRetry={retryShot}
            onOpen={(shot) => taking.look(subject(shot.place), shot)}
            onCertificate={(id) => supply(topic.id, key, id
              ? { by: 'certificate', certificateId: id }
              : undefined)}
            onDeclare={(declared) => supply(topic.id, key, declared
              ? { by: 'declaration' }
              : undefined)}
          />
        )
      })}
    </>
  )
}

/** What is missing, and why: a photo still on its way is not "missing" to who has taken it. */
function stillMissing(filling: Filling, shots: readonly Shot[]) {
  return materialProblems(filling).flatMap(({ field, code, text }) => {
    if (code === 'NOT_ASKED') return []
    const mine = shots.filter(({ topicId, key }) => topicId === filling.topic.id && key === field)
    const name = filling.wanted.find(({ key }) => key === field)?.name ?? ''
    if (mine.some(({ state }) => state.is === 'failed')) {
      return [{ field, text: `${titled(name)}有照片没传上，请重试或者重拍。` }]
    }
    const onTheWay = mine.some(({ state }) => state.is === 'waiting' || state.is === 'uploading')
    return [{ field, text: onTheWay ? `${titled(name)}的照片还没传完，请稍等。` : text }]
  })
}
