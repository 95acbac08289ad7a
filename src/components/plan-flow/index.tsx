/** The plan drawn: what runs side by side, what waits for what. */
import type { Flow } from '@core/flow'
import { layOutFlow } from '@core/flow-layout'
import { useEffect, useMemo, useState } from 'react'
import { watchWindowWidth, windowWidth } from '@/platform/window-width'
import { FlowChart } from '@/ui/flow-chart'
import { type Frame, useFrame } from '@/ui/frame'

/** The widest page and its chart's text and paddings, as ui/styles/tokens.scss has them, in px. */
const WIDEST = 640
const SIZES = {
  standard: { text: 14, gap: 16 },
  large: { text: 16, gap: 16 },
  elder: { text: 18, gap: 20 },
}

export function PlanFlow({ flow }: { flow: Flow }) {
  const frame = useFrame()
  const [width, setWidth] = useState(windowWidth)
  useEffect(() => watchWindowWidth(setWidth), [])
  const room = roomOf(frame, width)
  const picture = useMemo(() => layOutFlow(flow, room), [flow, room])
  return <FlowChart label="办理流程" picture={picture} />
}

/** What a card leaves for the chart, in em of its text. */
function roomOf({ elder, fontScale }: Frame, width: number): number {
  const { text, gap } = elder ? SIZES.elder : fontScale > 1.1 ? SIZES.large : SIZES.standard
  return (Math.min(width, WIDEST) - gap * 4 - 2) / text
}
