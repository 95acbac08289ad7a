import { useCallback, useState } from 'react'
import type { Devices } from '@core/contract/me'
import { say } from '@core/refusal'
import { useInSight } from '@/stores/in-sight'
import { momentWords } from '@/components/moment'
import { asRefused } from '@/api/client'
import { endDevices, getDevices } from '@/api/me'
import { goBack } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice, Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'

type Device = Devices['devices'][number]

const WORDS: Record<Device['device'], string> = {
  wechat: '微信', phone: '手机浏览器', computer: '电脑', other: '其他设备',
}
const none: Devices = { devices: [] }

/** Where one is signed in, and signing out there. */
export default function DevicesPage() {
  useGuard({ page: 'devices', params: {}, inSight: useInSight(), unverified: true })
  const load = useCallback(async () => (token() ? getDevices() : none), [])
  const { value, refused } = useLoaded(load)
  const [after, setAfter] = useState<Devices>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const devices = (after ?? value)?.devices
  const others = devices?.filter(({ current }) => !current) ?? []
  const end = (id?: string) => {
    setBusy(id ?? 'all')
    setProblem(undefined)
    endDevices(id)
      .then((left) => {
        setAfter(left)
        showToast('已退出', 'done')
      })
      .catch((error: unknown) => setProblem(say(asRefused(error))))
      .finally(() => setBusy(undefined))
  }
  return (
    <Page title="登录的设备" onBack={goBack} lead="有不认识的设备，请让它退出。我们不记录位置。">
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {problem && <Notice kind="error">{problem}</Notice>}
      {!devices && !refused && <Loading />}
      {devices?.map((device) => (
        <DeviceCard
          key={device.id} device={device} busy={busy === device.id} onEnd={() => end(device.id)}
        />
      ))}
      {devices && others.length === 0 && <Box as="p" className="muted">没有别的设备登录。</Box>}
      {others.length > 1 && (
        <Button kind="secondary" busy={busy === 'all'} onTap={() => end()}>让其他设备都退出</Button>
      )}
    </Page>
  )
}

function DeviceCard(
  { device, busy, onEnd }: { device: Device; busy: boolean; onEnd: () => void },
) {
  const name = WORDS[device.device]
  const since = momentWords(device.signedInAt)
  return (
    <Card title={name} aside={device.current ? <Tag tone="good">这台设备</Tag> : undefined}>
      <Facts
        facts={[
          { term: '登录时间', value: since },
          { term: '最近使用', value: momentWords(device.seenAt) },
        ]}
      />
      {!device.current && (
        <Button
          kind="secondary" compact busy={busy} label={`让 ${since} 登录的${name}退出`} onTap={onEnd}
        >
          退出
        </Button>
      )}
    </Card>
  )
}
