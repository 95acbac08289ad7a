import type { Region } from '@core/contract/home'
import { goTo } from '@/platform/navigation'
import { callPhone } from '@/platform/phone-call'
import { Box, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import './index.scss'

const HOTLINE = '12345'

export interface HelpLineProps {
  region: Region | undefined
  /** on the page of the halls itself */
  atHalls?: boolean
}

/** Where to ask a person: the county's hall, else the hotline. On every page in the same place. */
export function HelpLine({ region, atHalls }: HelpLineProps) {
  const hall = region?.halls[0]
  const phone = hall?.phone ?? HOTLINE
  const whose = hall && phone !== HOTLINE ? hall.name : '政务服务热线'
  return (
    <Box as="section" className="help-line" label="人工帮助">
      <Box className="help-text">
        <Words className="help-title">不会办？打电话问</Words>
        <Words className="help-note">{whose}</Words>
      </Box>
      <Button
        kind="secondary" compact icon="phone" label={`拨打${whose}电话 ${phone}`}
        onTap={() => void callPhone(phone)}
      >
        {phone}
      </Button>
      {!atHalls && (
        <LinkButton onTap={() => goTo('halls')}>办事大厅在哪里、几点上班</LinkButton>
      )}
    </Box>
  )
}
