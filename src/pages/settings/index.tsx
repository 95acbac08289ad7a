import { useEffect, useState } from 'react'
import type { AccessLog } from '@core/contract/session'
import { type Refused, say } from '@core/refusal'
import { CountyField } from '@/components/county-field'
import { HelpLine } from '@/components/help-line'
import { MainNav } from '@/components/main-nav'
import { momentWords } from '@/components/moment'
import { asRefused } from '@/api/client'
import { changeMe, getAccessLog } from '@/api/session'
import { goTo } from '@/platform/navigation'
import { leave, useMe } from '@/stores/account'
import { useRegion } from '@/stores/place'
import { setElder, setRegion, useSettings } from '@/stores/settings'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice, Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'
import './index.scss'

/** 我的: who one is here, how the app looks, who read one's data. */
export default function Settings() {
  const { signedIn, me } = useMe()
  const region = useRegion()
  const elder = useSettings((state) => state.elder)
  const keep = (change: Parameters<typeof changeMe>[0]) => {
    // It holds on this phone at once; the account learns of it when it can.
    if (signedIn) changeMe(change).catch(asRefused)
  }
  return (
    <Page title="我的" footer={<MainNav here="settings" />}>
      <Card title="账户">
        {!signedIn && (
          <>
            <Box as="p">登录后可以保存申请、查看办件。</Box>
            <Button onTap={() => goTo('login')}>登录</Button>
          </>
        )}
        {signedIn && !me && <Loading rows={2} />}
        {signedIn && me && <Person me={me} />}
      </Card>
      <Card title="显示和地区">
        <Checkbox
          id="elder" label="长辈版" hint="字大、按钮大" checked={elder}
          onChange={(on) => {
            setElder(on)
            keep({ elder: on })
          }}
        />
        <CountyField
          onChange={(code) => {
            setRegion(code)
            keep({ region: code })
          }}
        />
        <LinkButton onTap={() => goTo('halls')}>看各县市的办事大厅</LinkButton>
      </Card>
      {signedIn && <Readers />}
      <Card title="个人信息怎么用">
        <Box as="p">您填写的内容只交给办理这件事的部门，用多少收多少。</Box>
        <Box as="p">证件号码、电话、地址和照片加密保存。每一次查看都有记录，您可以在这里看到。</Box>
        <Box as="p">退出登录后，这台手机上不留您的内容。</Box>
      </Card>
      {signedIn && <Leave />}
      <HelpLine region={region} />
    </Page>
  )
}

function Person({ me }: { me: NonNullable<ReturnType<typeof useMe>['me']> }) {
  const facts = [
    { term: '姓名', value: me.name ?? undefined },
    { term: '手机号', value: me.phone ?? undefined },
    {
      term: '实名核验',
      value: me.verified ? <Tag tone="good">已通过</Tag> : <Tag tone="warn">还没有</Tag>,
      action: me.verified
        ? undefined
        : <LinkButton onTap={() => goTo('identity')}>去核验</LinkButton>,
    },
  ]
  return <Facts facts={facts} />
}

function Readers() {
  const [log, setLog] = useState<AccessLog>()
  const [refused, setRefused] = useState<Refused>()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open || log) return
    getAccessLog().then(setLog).catch((error: unknown) => setRefused(asRefused(error)))
  }, [open, log])
  const more = async (after: string) => {
    const page = await getAccessLog(after)
    setLog((before) => ({ entries: [...before?.entries ?? [], ...page.entries], next: page.next }))
  }
  const next = log?.next
  return (
    <Card
      title="谁看过我的信息"
      aside={open ? undefined : <LinkButton onTap={() => setOpen(true)}>查看记录</LinkButton>}
    >
      {open && refused && <Notice kind="error">{say(refused)}</Notice>}
      {open && !refused && !log && <Loading rows={2} />}
      {log?.entries.length === 0 && <Box as="p" className="muted">还没有人查看过您的信息。</Box>}
      <Box as="ul" className="readers">
        {(log?.entries ?? []).map(({ at, who, what, why }, n) => (
          <Box as="li" key={`${at}-${n}`} className="reader">
            <Box as="p" className="reader-when">{momentWords(at)}</Box>
            <Box as="p">{`${who}：${what}（${why}）`}</Box>
          </Box>
        ))}
      </Box>
      {next && (
        <Button
          kind="quiet" compact
          onTap={() => {
            more(next).catch((error: unknown) => setRefused(asRefused(error)))
          }}
        >
          看更早的
        </Button>
      )}
    </Card>
  )
}

function Leave() {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const go = () => {
    setBusy(true)
    leave().then(() => showToast('已退出登录', 'done')).finally(() => setBusy(false))
  }
  return (
    <>
      <Button kind="secondary" onTap={() => setAsking(true)}>退出登录</Button>
      {asking && (
        <Confirm
          title="退出登录？" yes="退出登录" busy={busy} onYes={go} onNo={() => setAsking(false)}
          text="没填完的申请会先保存，下次登录可以继续。这台手机上不再保留您的内容。"
        />
      )}
    </>
  )
}
