import { useEffect, useRef } from 'react'
import { FieldInput } from '@/components/field-input'
import { relationOf } from '@core/form'
import type { Problem } from '@core/validate'
import { focusOn } from '@/platform/focus'
import { goTo } from '@/platform/navigation'
import { fill } from '@/stores/drafts'
import type { Filling } from '@/stores/filling'
import { useLookedAt, useMoved } from '@/stores/moved'
import { useTopics } from '@/stores/topics'
import { LinkButton } from '@/ui/button'

const CHANGED = '有变化，请看一遍'

interface FieldsProps {
  filling: Filling
  keys: readonly string[]
  problems: readonly Problem[]
  prefilled: Readonly<Record<string, string>>
}

/** The fields of a screen, each with what was typed and what is wrong with it. */
export function Fields({ filling, keys, problems, prefilled }: FieldsProps) {
  const { topic, plan, draft } = filling
  const regions = useTopics(({ regions }) => regions)
  const { answers, form } = draft.body
  const moved = useMoved(filling)
  useLookedAt(filling, keys)
  const asked = plan.form.filter(({ key }) => keys.includes(key))
  const brought = asked.filter(({ key }) => form[key] && form[key] === prefilled[key])
  return (
    <>
      {asked.map((field) => {
        const value = form[field.key] ?? ''
        return (
          <FieldInput
            key={field.key}
            field={field}
            value={value}
            error={problems.find((problem) => problem.field === field.key)?.text}
            source={moved?.fresh.has(field.key)
              ? CHANGED
              : value && value === prefilled[field.key] ? '已带出' : undefined}
            regions={regions}
            own={relationOf(topic, field.role, { answers, form }, field.row) === 'me'}
            onChange={(typed) => fill(topic.id, { [field.key]: typed })}
          />
        )
      })}
      {brought.length > 0 && (
        <LinkButton
          onTap={() => goTo('help', {
            page: 'form', kind: 'inquiry', topic: topic.id, wrong: 1,
            field: brought.length === 1 ? brought[0]?.key : undefined,
          })}
        >
          带出的数据有误？告诉我们
        </LinkButton>
      )}
    </>
  )
}

/** Someone who came to change one field starts in it. */
export function useFieldFocus(field: string | undefined) {
  const done = useRef(false)
  useEffect(() => {
    if (!field || done.current) return
    done.current = true
    setTimeout(() => focusOn(field), 300)
  }, [field])
}
