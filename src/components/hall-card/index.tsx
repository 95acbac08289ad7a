import { type WorkCalendar, shanghaiDate } from '@core/clock'
import type { Hall, LocalFields } from '@core/contract/hall'
import { openingAt } from '@core/hours'
import { useState } from 'react'
import { copyText } from '@/platform/clipboard'
import { hasMap, openMap } from '@/platform/map'
import { callPhone } from '@/platform/phone-call'
import { Box, Tap, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Facts, type Fact } from '@/ui/card'
import { Icon } from '@/ui/icon'
import { Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { hoursWords, openingWords, windowWords } from './words'
import './index.scss'

/** A place to go to: a hall, or where a county takes one item in. */
export type Venue = Pick<Hall, 'name' | 'address' | 'phone' | 'hours' | 'sample' | 'at'> & {
  windows?: Hall['windows']
  /** the one to go to, where it is known */
  window?: string
}

/** Where a county takes an item in: its own fields, and the hall's where it has none. */
export function venueOf(name: string, hall: Hall, local: LocalFields): Venue {
  const { sample, ...own } = local
  const { address, phone, hours } = hall
  const at = own.address ? undefined : hall.at
  return { address, phone, hours, at, ...own, name, sample: sample || hall.sample }
}

export interface HallCardProps {
  hall: Venue
  calendar: WorkCalendar | undefined
  /** ISO 8601 */
  at: string
  /** Only name and state until it is tapped. */
  folded?: boolean
  /** 预约取号, where windows can be booked */
  onBook?: () => void
}

/** Where to go, whether it is open now, which window to look for, and whom to call. */
export function HallCard({ hall, calendar, at, folded, onBook }: HallCardProps) {
  const [open, setOpen] = useState(!folded)
  const told = calendar && openingWords(openingAt(hall.hours, at, calendar), shanghaiDate(at))
  const head = (
    <>
      <Words className="hall-name">{hall.name}</Words>
      <Words className="hall-now">
        {told && <Tag tone={told.tone}>{told.tag}</Tag>}
        {told && <Words>{told.text}</Words>}
        {hall.sample && <Tag tone="warn">样例</Tag>}
      </Words>
    </>
  )
  return (
    <Box as="section" className="card hall" label={hall.name}>
      {folded
        ? (
          <Tap className="hall-fold" expanded={open} onTap={() => setOpen(!open)}>
            <Words className="hall-head">{head}</Words>
            <Words className="unseen">{open ? '收起' : '看地址和窗口'}</Words>
            <Icon name="down" className={`muted ${open ? 'hall-turned' : ''}`} />
          </Tap>
        )
        : <Box className="hall-head">{head}</Box>}
      {open && <Details hall={hall} day={shanghaiDate(at)} onBook={onBook} />}
    </Box>
  )
}

interface DetailsProps {
  hall: Venue
  day: string
  onBook: (() => void) | undefined
}

function Details({ hall, day, onBook }: DetailsProps) {
  const { address, window, windows = [], hours, phone, name } = hall
  const facts: Fact[] = [
    { term: '地址', value: address },
    ...(window ? [{ term: '窗口', value: /^\w/.test(window) ? `${window} 号窗口` : window }] : []),
    { term: '办公时间', value: <Hours {...hoursWords(hours, day)} /> },
    ...(windows.length > 0 ? [{ term: '窗口', value: <Windows windows={windows} /> }] : []),
  ]
  return (
    <>
      <Facts facts={facts} />
      <Box className="pair">
        {hasMap(hall) && (
          <Button
            kind="secondary" icon="location" label={`在地图上看${name}`} onTap={() => openMap(hall)}
          >
            在地图上看
          </Button>
        )}
        <Button kind="secondary" label={`复制${name}的地址`} onTap={() => void copy(address)}>
          复制地址
        </Button>
      </Box>
      {onBook && (
        <Button icon="calendar" label={`预约取号，${name}`} onTap={onBook}>预约取号</Button>
      )}
      <Button
        kind="secondary" icon="phone" label={`拨打 ${phone}，问${name}`}
        onTap={() => void callPhone(phone)}
      >
        {`拨打 ${phone}`}
      </Button>
    </>
  )
}

async function copy(address: string) {
  const copied = await copyText(address)
  const told = copied ? '地址已复制，可以粘贴到地图里找' : '没有复制成功，请手抄地址'
  showToast(told, copied ? 'done' : 'error')
}

function Windows({ windows }: { windows: Hall['windows'] }) {
  return (
    <>
      {windowWords(windows).map(({ kind, name, text }) => (
        <Box as="p" className="hall-line" key={kind}>{`${name}：${text}`}</Box>
      ))}
    </>
  )
}

function Hours({ times, notes }: ReturnType<typeof hoursWords>) {
  return (
    <>
      {times.map((time) => <Box as="p" className="hall-line" key={time}>{time}</Box>)}
      {notes.map((note) => <Box as="p" className="hall-note" key={note}>{note}</Box>)}
    </>
  )
}
