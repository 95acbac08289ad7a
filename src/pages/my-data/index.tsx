import { useCallback, useState } from 'react'
import type { Erasable, MyHoldings } from '@core/contract/me'
import { HOLDINGS, HOLDING_KINDS, type HoldingKind } from '@core/holdings'
import { say } from '@core/refusal'
import { ConfirmSelf } from '@/components/confirm-self'
import { useInSight } from '@/stores/in-sight'
import { asRefused } from '@/api/client'
import { getHoldings, saveExport } from '@/api/me'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard, useMe } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { eraseNow } from '@/stores/my-data'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

/** 我的信息: what is held, why, how long; correct, take along, delete. */
export default function MyData() {
  useGuard({ page: 'my-data', params: {}, inSight: useInSight(), unverified: true })
  const load = useCallback(async () => (token() ? getHoldings() : undefined), [])
  const { value, refused, again } = useLoaded(load)
  return (
    <Page title="我的信息" onBack={goBack} lead="这里存了您的哪些信息，为什么存，存多久。">
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {refused && !value && (
        <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
      )}
      {!value && !refused && <Loading />}
      {value && (
        <>
          {HOLDING_KINDS.map((kind) => (
            <HoldingCard key={kind} kind={kind} count={value.counts[kind]} />
          ))}
          <CorrectCard />
          <TakeAlong by={value.confirmBy} />
          <EraseCard held={value} onErased={again} />
          <CardLink
            title="注销账户" note="删除能删除的一切，不再使用" onTap={() => goTo('close-account')}
          />
        </>
      )}
    </Page>
  )
}

const UNCOUNTED: readonly HoldingKind[] = ['account', 'identity']

function HoldingCard({ kind, count }: { kind: HoldingKind; count: number }) {
  const [open, setOpen] = useState(false)
  const { title, what, why, law, kept } = HOLDINGS[kind]
  const many = UNCOUNTED.includes(kind) ? (count ? '有' : '没有') : `${count} 条`
  return (
    <Card
      title={`${title}：${many}`}
      aside={(
        <LinkButton label={`${title}，${open ? '收起' : '详细'}`} onTap={() => setOpen(!open)}>
          {open ? '收起' : '详细'}
        </LinkButton>
      )}
    >
      <Box as="p" className="muted">{what}</Box>
      {open && (
        <Facts
          facts={[
            { term: '为什么存', value: why }, { term: '法律依据', value: law },
            { term: '存多久', value: kept },
          ]}
        />
      )}
      {open && kind === 'access-log' && (
        <LinkButton onTap={() => goTo('access-log')}>看谁看过我的信息</LinkButton>
      )}
      {open && kind === 'devices' && (
        <LinkButton onTap={() => goTo('devices')}>看登录的设备</LinkButton>
      )}
    </Card>
  )
}

/** 更正: each kind of data where it can be put right. */
const CORRECTIONS = [
  { term: '手机号', value: '自己就能换，换了马上生效' },
  { term: '姓名、身份证号', value: '以公安登记为准。登记错了先到派出所更正，再回来重新核验' },
  { term: '没提交的申请', value: '打开草稿，直接改' },
  { term: '已提交的申请', value: '部门请您补正时可以改；没受理前可以撤回，改好再提交' },
  { term: '电子证照、办理结果', value: '由发证部门核对更正，在这里告诉我们就行' },
  { term: '地址', value: '填在每次的申请里，下次办事可以填新的' },
]

function CorrectCard() {
  return (
    <Card title="信息有误">
      <Facts facts={CORRECTIONS} />
      <LinkButton onTap={() => goTo('change-phone')}>更换手机号</LinkButton>
      <LinkButton onTap={() => goTo('cases')}>看我的申请和草稿</LinkButton>
      <LinkButton onTap={() => goTo('help', { page: 'my-data', kind: 'inquiry', wrong: 1 })}>
        数据有误，请人更正
      </LinkButton>
    </Card>
  )
}

function TakeAlong({ by }: { by: MyHoldings['confirmBy'] }) {
  const { me } = useMe()
  const [open, setOpen] = useState(false)
  const save = async () => {
    await saveExport()
    setOpen(false)
    showToast('已导出', 'done')
  }
  return (
    <Card title="带走一份">
      <Box as="p">导出上面的全部信息和照片，一个压缩文件。里面有您的证件号码，请妥善保管。</Box>
      {open
        ? <ConfirmSelf by={by} phone={me?.phone ?? null} act="确认并导出" onConfirmed={save} />
        : <Button kind="secondary" onTap={() => setOpen(true)}>导出我的信息</Button>}
    </Card>
  )
}

const ASK: Record<Erasable, { title: string; text: string; yes: string }> = {
  drafts: {
    title: '删除全部草稿？', yes: '删除草稿',
    text: '没有提交的申请都会删除，您邀请的签名也会作废。删除后不能恢复。',
  },
  photos: {
    title: '删除没有用到的照片？', yes: '删除照片',
    text: '只删除办件和草稿都没有用到的。删除后不能恢复。',
  },
}

function EraseCard({ held, onErased }: { held: MyHoldings; onErased: () => void }) {
  const [asking, setAsking] = useState<Erasable>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const left: Record<Erasable, number> = {
    drafts: held.counts.drafts, photos: held.unusedPhotos,
  }
  const go = (what: Erasable) => {
    setBusy(true)
    setProblem(undefined)
    eraseNow(what)
      .then((count) => {
        showToast(`已删除 ${count} 项`, 'done')
        onErased()
      })
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => {
        setBusy(false)
        setAsking(undefined)
      })
  }
  return (
    <Card title="现在就删除">
      {problem && <Notice kind="error">{problem}</Notice>}
      {left.drafts + left.photos === 0 && <Box as="p">没有草稿，也没有用不到的照片。</Box>}
      {left.drafts > 0 && (
        <Button kind="secondary" onTap={() => setAsking('drafts')}>
          {`删除全部草稿（${left.drafts} 份）`}
        </Button>
      )}
      {left.photos > 0 && (
        <Button kind="secondary" onTap={() => setAsking('photos')}>
          {`删除没有用到的照片（${left.photos} 张）`}
        </Button>
      )}
      {asking && (
        <Confirm
          {...ASK[asking]} danger busy={busy} onYes={() => go(asking)}
          onNo={() => setAsking(undefined)}
        />
      )}
    </Card>
  )
}
