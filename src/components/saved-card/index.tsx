/** What doing it once saves against doing it item by item. */
import { measure, type Saved } from '@core/meter'
import type { Plan } from '@core/plan'
import { Box, Words } from '@/ui/box'
import { Card } from '@/ui/card'
import './index.scss'

const ROWS = [
  { key: 'forms', label: '表格', unit: '张' },
  { key: 'fields', label: '填写', unit: '项' },
  { key: 'materials', label: '材料', unit: '份' },
  { key: 'steps', label: '环节', unit: '个' },
  { key: 'visits', label: '跑动', unit: '次' },
  { key: 'days', label: '时间', unit: '个工作日' },
] as const

/** `usual`: the plan is of the most common situation, not yet of this person's. */
export function SavedCard({ plan, usual }: { plan: Plan; usual: boolean }) {
  const measured = measure(plan)
  const rows = ROWS.filter(({ key }) => measured[key].apart > measured[key].together)
  if (rows.length === 0) return null
  return (
    <Card title="一起办，省多少">
      <Box as="ul" className="saved">
        {rows.map(({ key, label, unit }) => (
          <Row key={key} label={label} unit={unit} saved={measured[key]} />
        ))}
      </Box>
      {usual && (
        <Box as="p" className="saved-note">按最常见的情况计算，回答几个问题后就是您自己的。</Box>
      )}
    </Card>
  )
}

function Row({ label, unit, saved }: { label: string; unit: string; saved: Saved }) {
  const share = Math.max(4, Math.round((saved.together / saved.apart) * 100))
  return (
    <Box as="li" className="saved-row">
      <Words className="saved-label">{label}</Words>
      <Box className="saved-bar" hidden>
        <Box className="saved-fill" style={{ width: `${share}%` }} />
      </Box>
      <Words className="saved-text">
        {`${saved.apart} 减到 ${saved.together} ${unit}`}
      </Words>
    </Box>
  )
}
