import { useEffect, useState } from 'react'
import { useDidHide } from '@tarojs/taro'
import { usePhone } from '@/components/help-line'
import { callPhone } from '@/platform/phone-call'
import { readPage, stopReading, watchVoice } from '@/platform/read-aloud'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import './index.scss'

/** Over every page in elder mode, always in the same place: read it to me, call a person. */
export function ElderBar() {
  const { phone, whose } = usePhone()
  const [hasVoice, setHasVoice] = useState(false)
  const [reading, setReading] = useState(false)
  useEffect(() => watchVoice(setHasVoice), [])
  useEffect(() => stopReading, [])
  useDidHide(stopReading)
  const toggle = () => {
    if (reading) stopReading()
    else readPage(() => setReading(false))
    setReading(!reading)
  }
  return (
    <Box as="section" className="elder-bar" label="长辈帮助">
      {hasVoice && (
        <Button kind="secondary" pressed={reading} onTap={toggle}>
          {reading ? '停止朗读' : '读给我听'}
        </Button>
      )}
      <Button
        kind="secondary" icon="phone" label={`打电话问人：${whose} ${phone}`}
        onTap={() => void callPhone(phone)}
      >
        打电话问人
      </Button>
    </Box>
  )
}
