import type { Region } from '@core/contract/home'
import { useRouter } from '@tarojs/taro'
import { type Params, goTo, pageInSight } from '@/platform/navigation'
import { callPhone } from '@/platform/phone-call'
import { useRegion } from '@/stores/place'
import { Box, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { useFrame } from '@/ui/frame'
import { Worded } from '@/ui/worded'
import { PickUpLink } from './pick-up-link'
import './index.scss'

const HOTLINE = '12345'

/** Pages whose `id` is a case's. */
const OF_A_CASE: ReadonlySet<string | undefined> =
  new Set(['case', 'correction', 'documents', 'receipt', 'rating'])

export interface HelpLineProps {
  /** where one acts, if it is not the county of the settings */
  region?: Region | undefined
  /** on the page of the halls itself */
  atHalls?: boolean
  /** on the page of help itself */
  atHelp?: boolean
  /** beside a main button of its own: one row, without the way to the halls */
  compact?: boolean
}

/** The telephone of the hall one goes to, or the hotline; and whose it is. */
export function usePhone(region?: Region): { phone: string; whose: string } {
  const mine = useRegion()
  const hall = (region ?? mine)?.halls[0]
  const phone = hall?.phone ?? HOTLINE
  return { phone, whose: hall && phone !== HOTLINE ? hall.name : '政务服务热线' }
}

export interface AboutPage extends Params {
  page: string | undefined
  topic: string | undefined
}

/** What the page in sight is about: filled in when one asks for help. */
export function useAboutPage(): AboutPage {
  const { params, path } = useRouter()
  const page = /pages\/([a-z-]+)\/index/.exec(path)?.[1] ?? pageInSight()
  return {
    page,
    topic: params.topic,
    case: params.case ?? (OF_A_CASE.has(page) ? params.id : undefined),
  }
}

/** Where to ask a person: by phone, in writing, at the hall. On every page in the same place. */
export function HelpLine({ region, atHalls, atHelp, compact }: HelpLineProps) {
  const { elder } = useFrame()
  const { phone, whose } = usePhone(region)
  const about = useAboutPage()
  return (
    <Box as="section" className="help-line" label="人工帮助">
      <Box className="help-text">
        <Worded className="help-title">不会办？问问人</Worded>
        {!compact && <Words className="help-note">{whose}</Words>}
      </Box>
      <Button
        kind="secondary" compact icon="phone" label={`拨打${whose}电话 ${phone}`}
        onTap={() => void callPhone(phone)}
      >
        {phone}
      </Button>
      {!atHelp && (
        <Button kind="secondary" compact icon="person" onTap={() => goTo('help', about)}>
          找人帮忙
        </Button>
      )}
      {!atHelp && elder && (
        <Button
          kind="secondary" compact icon="person"
          onTap={() => goTo('help', { ...about, kind: 'assistance' })}
        >
          请人帮我办
        </Button>
      )}
      {!atHalls && !compact && (
        <LinkButton onTap={() => goTo('halls')}>办事大厅在哪里、几点上班</LinkButton>
      )}
      <PickUpLink page={about.page} topicId={about.topic} />
    </Box>
  )
}
