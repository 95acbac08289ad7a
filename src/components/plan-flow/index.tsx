/** The plan drawn: what runs side by side, what waits for what. */
import type { Flow } from '@core/flow'
import { layOutFlow } from '@core/flow-layout'
import { useEffect, useMemo, useState } from 'react'
import { watchWindowWidth, windowWidth } from '@/platform/window-width'
import { Box } from '@/ui/box'
import { FlowChart } from '@/ui/flow-chart'
import { type Frame, textScale, useFrame } from '@/ui/frame'
import './index.scss'

/** What two boxes side by side need; with larger text than that the chart scrolls in its card. */
const LEAST_ROOM = 15

/** The widest page and its chart's text and paddings, as ui/styles/tokens.scss has them, in px. */
const WIDEST = 640
const SIZES = {
  standard: { text: 14, gap: 16 },
  elder: { text: 18, gap: 20 },
}

export function PlanFlow({ flow }: { flow: Flow }) {
  const frame = useFrame()
  const [width, setWidth] = useState(windowWidth)
  useEffect(() => watchWindowWidth(setWidth), [])
  const room = roomOf(frame, width)
  const picture = useMemo(() => layOutFlow(flow, room), [flow, room])
  return (
    <Box className="plan-flow"><FlowChart label="办理流程" picture={picture} /></Box>
  )
}

/** What a card leaves for the chart, in em of its text. */
function roomOf({ elder, fontScale }: Frame, width: number): number {
  const { text, gap } = elder ? SIZES.elder : SIZES.standard
  const room = (Math.min(width, WIDEST) - gap * 4 - 2) / (text * textScale(fontScale))
  return Math.max(room, LEAST_ROOM)
}
