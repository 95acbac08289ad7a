import { Button } from 'antd'
import type { FieldGroup, ShownField } from '../words/fields'

interface FieldsProps {
  groups: readonly FieldGroup[]
  /** keys asked to be corrected; absent: nothing can be marked */
  marked?: ReadonlySet<string>
  onMark?: (field: ShownField, group: FieldGroup) => void
}

/** 一表, person by person. */
export function Fields({ groups, marked, onMark }: FieldsProps) {
  return <>
    {groups.map((group) => <section key={group.title} className='fields' aria-label={group.title}>
      <h2>{group.title}</h2>
      <dl>
        {group.fields.map((field) => {
          const isMarked = marked?.has(field.key) ?? false
          return <div key={field.key} className={isMarked ? 'field marked' : 'field'}>
            <dt>{field.label}</dt>
            <dd>{field.value || <span className='quiet'>未填</span>}</dd>
            {onMark && <dd className='mark'>
              <Button size='small' type={isMarked ? 'primary' : 'text'} aria-pressed={isMarked}
                aria-label={`要求补正：${group.title}的${field.label}`}
                onClick={() => onMark(field, group)}>
                {isMarked ? '已标' : '补正'}
              </Button>
            </dd>}
          </div>
        })}
      </dl>
    </section>)}
  </>
}
