import type { Question } from '@core/contract/topic'
import { ChoiceField } from '@/ui/fields'

export interface QuestionCardProps {
  question: Question
  value: string
  error?: string
  onChange: (value: string) => void
}

/** One question with all its answers in sight; it is the page's heading. */
export function QuestionCard({ question, value, error, onChange }: QuestionCardProps) {
  const { id, ask, hint, options } = question
  return (
    <ChoiceField
      id={id} label={ask} hint={hint} options={options} value={value} error={error}
      onChange={onChange} asHeading
    />
  )
}
