import type { Question } from '@core/contract/topic'
import { toggled } from '@core/question'
import { ChoiceField, WayField } from '@/ui/fields'

export interface QuestionCardProps {
  question: Question
  value: string
  error?: string
  onChange: (value: string) => void
  /** Of one answer only: it is given, and the next question may come. */
  onPick: (value: string) => void
}

/** One question with all its answers in sight; it is the page's heading. */
export function QuestionCard({ question, value, error, onChange, onPick }: QuestionCardProps) {
  const { id, ask, hint, options, many } = question
  if (!many) return <WayField id={id} label={ask} {...{ hint, options, value, onPick }} />
  return (
    <ChoiceField
      id={id} label={ask} hint={hint ?? '可以选多项'} options={options} value={value}
      error={error} many asHeading
      onChange={(picked) => onChange(toggled(question, value, picked))}
    />
  )
}
