import type { TopicBrief } from '@core/contract/home'
import { Box, Tap, Words } from '@/ui/box'
import './index.scss'

export type Audience = TopicBrief['audience']

const AUDIENCES = [
  { audience: 'person', label: '个人的事' },
  { audience: 'company', label: '企业的事' },
] as const

export interface AudienceChoiceProps {
  value: Audience | undefined
  /** How many topics there are for each. */
  count: (audience: Audience) => number
  onChange: (audience: Audience) => void
}

/** 个人 or 企业: whose things are listed. */
export function AudienceChoice({ value, count, onChange }: AudienceChoiceProps) {
  return (
    <Box className="audience" role="group" label="为谁办事">
      {AUDIENCES.map(({ audience, label }) => (
        <Tap
          key={audience} className={`audience-one ${value === audience ? 'audience-on' : ''}`}
          pressed={value === audience} onTap={() => onChange(audience)}
        >
          <Words>{label}</Words>
          <Words className="audience-count">{count(audience)} 件</Words>
        </Tap>
      ))}
    </Box>
  )
}
