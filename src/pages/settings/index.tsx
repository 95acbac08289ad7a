import { say } from '@core/refusal'
import { useState } from 'react'
import { CountyField } from '@/components/county-field'
import { MainNav } from '@/components/main-nav'
import { asRefused } from '@/api/client'
import { changeMe } from '@/api/session'
import { goTo } from '@/platform/navigation'
import { leave, useMe } from '@/stores/account'
import { LANGUAGES, chooseLanguage } from '@/stores/language'
import { setElder, setRegion, useSettings } from '@/stores/settings'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'

/** 我的: who one is here, how the app looks, the way to one's data. */
export default function Settings() {
  const { signedIn, me } = useMe()
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
          id="elder" label="长辈版" hint="字大、按钮大，一次只问一件事" checked={elder}
          onChange={(on) => {
            setElder(on)
            keep({ elder: on })
          }}
        />
        <Languages />
        <CountyField
          onChange={(code) => {
            setRegion(code)
            keep({ region: code })
          }}
        />
        <LinkButton onTap={() => goTo('halls')}>看各县市的办事大厅</LinkButton>
        {signedIn && <LinkButton onTap={() => goTo('booking')}>我的预约</LinkButton>}
        <LinkButton onTap={() => goTo('public-numbers')}>公开数据：办得快不快、评价怎么样</LinkButton>
      </Card>
      {signedIn && (
        <>
          <CardLink
            title="我帮谁办" note="孩子、老人、企业、委托我的人，在这里切换" icon="person"
            onTap={() => goTo('acting')}
          />
          <CardLink
            title="请人帮我办" note="谁能替我办，随时可以撤销" onTap={() => goTo('entrust')}
          />
          <CardLink
            title="我的信息" note="看看存了什么，导出、删除、注销" onTap={() => goTo('my-data')}
          />
          <CardLink
            title="谁看过我的信息" note="每一次查看都有记录" onTap={() => goTo('access-log')}
          />
          <CardLink
            title="登录的设备" note="不是您的设备，可以让它退出" onTap={() => goTo('devices')}
          />
          <CardLink
            title="通知设置" note="哪些消息发短信" onTap={() => goTo('preferences')}
          />
        </>
      )}
      <Card title="个人信息怎么用">
        <Box as="p">您填写的内容只交给办理这件事的部门，用多少收多少。</Box>
        <Box as="p">证件号码、电话、地址和照片加密保存。每一次查看都有记录，您可以在这里看到。</Box>
        <Box as="p">退出登录后，这台手机上不留您的内容。</Box>
      </Card>
      {signedIn && <Leave />}
    </Page>
  )
}

/** 语言帮助: off until somebody turns it on, while no translator has confirmed it. */
function Languages() {
  const chosen = useSettings(({ language }) => language)
  const [failed, setFailed] = useState<string>()
  const choose = (code: string | undefined) => {
    setFailed(undefined)
    chooseLanguage(code).catch((error: unknown) => setFailed(say(asRefused(error))))
  }
  return LANGUAGES.map(({ code, name, label, note }) => (
    <Checkbox
      key={code} id={`language-${code}`} label={`${label} ${name}`} hint={note}
      checked={chosen === code} error={failed}
      onChange={(on) => choose(on ? code : undefined)}
    />
  ))
}

function Person({ me }: { me: NonNullable<ReturnType<typeof useMe>['me']> }) {
  const facts = [
    { term: '姓名', value: me.name ?? undefined },
    {
      term: '手机号',
      value: me.phone ?? undefined,
      action: (
        <LinkButton label="更换手机号" onTap={() => goTo('change-phone')}>更换</LinkButton>
      ),
    },
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
