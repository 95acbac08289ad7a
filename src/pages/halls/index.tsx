import type { Region } from '@core/contract/home'
import { HallCard } from '@/components/hall-card'
import { HelpLine } from '@/components/help-line'
import { goBack, goTo } from '@/platform/navigation'
import { useNow } from '@/stores/now'
import { type Places, usePlaces, useRegion } from '@/stores/place'
import { Box } from '@/ui/box'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import './index.scss'

/** 办事大厅: one's own county first, then all others. */
export default function Halls() {
  const { places, calendar } = usePlaces()
  const own = useRegion()
  const at = useNow()
  const others = places.filter((place) => place !== own)
  const samples = places.some(({ halls }) => halls.some(({ sample }) => sample))
  return (
    <Page
      title="办事大厅" onBack={goBack}
      lead="能在网上办的不用跑。要到场的，看好时间再去。"
      help={<HelpLine atHalls />}
    >
      {samples && (
        <Notice kind="warn" title="标“样例”的还不是真实信息">
          地址和窗口是演示用的，去之前请先打电话问。
        </Notice>
      )}
      {places.length === 0 && <Loading rows={4} />}
      {own && <Group title="您选的地区" places={[own]} {...{ calendar, at }} open />}
      {others.length > 0 && (
        <Group title={own ? '其他地区' : '各地区'} places={others} {...{ calendar, at }} />
      )}
    </Page>
  )
}

interface GroupProps extends Places {
  title: string
  at: string
  open?: boolean
}

function Group({ title, places, calendar, at, open }: GroupProps) {
  return (
    <Box as="section">
      <Box as="h2" className="halls-title">{title}</Box>
      {places.flatMap((place: Region) => place.halls.map((hall, n) => (
        <HallCard
          key={hall.id} folded={!open || n > 0} {...{ hall, calendar, at }}
          onBook={() => goTo('booking', { hall: hall.id })}
        />
      )))}
    </Box>
  )
}
