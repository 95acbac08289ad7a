import type { Region } from '@core/contract/home'
import { type Params, goTo, pageInSight } from '@/platform/navigation'
import { callPhone } from '@/platform/phone-call'
import { Box, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import './index.scss'

const HOTLINE = '12345'

export interface HelpLineProps {
  region: Region | undefined
  /** on the page of the halls itself */
  atHalls?: boolean
  /** on the page of help itself */
  atHelp?: boolean
  /** what the page is about: filled in when one asks for help */
  about?: Params
}

/** Where to ask a person: by phone, in writing, at the hall. On every page in the same place. */
export function HelpLine({ region, atHalls, atHelp, about }: HelpLineProps) {
  const hall = region?.halls[0]
  const phone = hall?.phone ?? HOTLINE
  const whose = hall && phone !== HOTLINE ? hall.name : '政务服务热线'
  return (
    <Box as="section" className="help-line" label="人工帮助">
      <Box className="help-text">
        <Words className="help-title">不会办？问问人</Words>
        <Words className="help-note">{whose}</Words>
      </Box>
      <Button
        kind="secondary" compact icon="phone" label={`拨打${whose}电话 ${phone}`}
        onTap={() => void callPhone(phone)}
      >
        {phone}
      </Button>
      {!atHelp && (
        <Button
          kind="secondary" compact icon="person"
          onTap={() => goTo('help', { page: pageInSight(), ...about })}
        >
          找人帮忙
        </Button>
      )}
      {!atHalls && (
        <LinkButton onTap={() => goTo('halls')}>办事大厅在哪里、几点上班</LinkButton>
      )}
    </Box>
  )
}
