import { useEffect, useRef } from 'react'
import { FieldInput } from '@/components/field-input'
import { relationOf } from '@core/form'
import type { Problem } from '@core/validate'
import { focusOn } from '@/platform/focus'
import { goTo } from '@/platform/navigation'
import { fill } from '@/stores/drafts'
import type { Brought, Filling } from '@/stores/filling'
import { useLikely } from '@/stores/likely'
import { useLookedAt, useMoved } from '@/stores/moved'
import { useTopics } from '@/stores/topics'
import { LinkButton } from '@/ui/button'

const CHANGED = '有变化，请看一遍'
const CERTIFIED = '已带出'
const LIKELY = '建议，可改'

interface FieldsProps {
  filling: Filling
  keys: readonly string[]
  problems: readonly Problem[]
  brought: Brought
}

/** The fields of a screen, each with what was typed and what is wrong with it. */
export function Fields({ filling, keys, problems, brought }: FieldsProps) {
  const { topic, plan, draft } = filling
  const regions = useTopics(({ regions }) => regions)
  const { answers, form } = draft.body
  const moved = useMoved(filling)
  useLookedAt(filling, keys)
  const asked = plan.form.filter(({ key }) => keys.includes(key))
  useLikely(filling, brought, keys)
  const shared = asked.filter(({ key }) => form[key] && form[key] === brought.certified[key])
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
            source={moved?.fresh.has(field.key) ? CHANGED : sourceOf(field.key, value, brought)}
            regions={regions}
            own={relationOf(topic, field.role, { answers, form }, field.row) === 'me'}
            onChange={(typed) => fill(topic.id, { [field.key]: typed })}
          />
        )
      })}
      {shared.length > 0 && (
        <LinkButton
          onTap={() => goTo('help', {
            page: 'form', kind: 'inquiry', topic: topic.id, wrong: 1,
            field: shared.length === 1 ? shared[0]?.key : undefined,
          })}
        >
          带出的数据有误？告诉我们
        </LinkButton>
      )}
    </>
  )
}

function sourceOf(key: string, value: string, { certified, likely }: Brought) {
  if (!value) return undefined
  if (value === certified[key]) return CERTIFIED
  return value === likely[key] ? LIKELY : undefined
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
