import type { Question } from '@core/contract/topic'
import { toggled } from '@core/question'
import { ChoiceField } from '@/ui/fields'

export interface QuestionCardProps {
  question: Question
  value: string
  error?: string
  onChange: (value: string) => void
}

/** One question with all its answers in sight; it is the page's heading. */
export function QuestionCard({ question, value, error, onChange }: QuestionCardProps) {
  const { id, ask, hint, options, many } = question
  return (
    <ChoiceField
      id={id} label={ask} hint={many ? hint ?? '可以选多项' : hint} options={options} value={value}
      error={error} many={many} asHeading
      onChange={(picked) => onChange(many ? toggled(question, value, picked) : picked)}
    />
  )
}
