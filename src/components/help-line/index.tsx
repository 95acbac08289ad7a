import type { Region } from '@core/contract/home'
import { callPhone } from '@/platform/phone-call'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import './index.scss'

const HOTLINE = '12345'

/** Where to ask a person: the county's hall, else the hotline. On every page in the same place. */
export function HelpLine({ region }: { region: Region | undefined }) {
  const hall = region?.hall
  const phone = hall?.phone ?? HOTLINE
  return (
    <Box as="section" className="help-line" label="人工帮助">
      <Box className="help-text">
        <Words className="help-title">不会办？打电话问</Words>
        <Words className="help-note">
          {hall ? `${hall.name} · ${hall.hours}${hall.sample ? '（样例）' : ''}` : '政务服务热线'}
        </Words>
      </Box>
      <Button
        kind="secondary" compact icon="phone" label={`拨打${hall?.name ?? '政务服务热线'}电话 ${phone}`}
        onTap={() => void callPhone(phone)}
      >
        {phone}
      </Button>
    </Box>
  )
}
