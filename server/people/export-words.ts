/** What was filled in, in the words of the topic it was filled in for. */
import type { Topic } from '../../core/contract/topic'
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import type { Supply } from '../../core/materials'
import { keyParts } from '../../core/rows'

interface Filled {
  answers: Readonly<Record<string, string>>
  form: Readonly<Record<string, string>>
  materials: Readonly<Record<string, Supply>>
}

const BY_WORDS = { photos: '照片', certificate: '电子证照', declaration: '书面承诺' }

/** '2026-11-23 10:20', Asia/Shanghai. */
export function whenWords(at: Date): string {
  const instant = at.toISOString()
  return `${shanghaiDate(instant)} ${shanghaiTime(instant)}`
}

/** A key the topic does not know any more stays what it is: nothing is left out. */
export function contentWords(topic: Topic, { answers, form, materials }: Filled) {
  const roleOf = (id: string) => topic.roles.find((role) => role.id === id)?.label ?? id
  const place = (key: string, name: string | undefined) => {
    const { role, row } = keyParts(key)
    return `${roleOf(role)}${row === undefined ? '' : ` ${row}`}：${name ?? key}`
  }
  return {
    情形: Object.entries(answers).map(([id, value]) => {
      const question = topic.questions.find((one) => one.id === id)
      const chosen = value.split(',').map((one) =>
        question?.options.find((option) => option.value === one)?.label ?? one)
      return { 问: question?.ask ?? id, 答: chosen.join('、') }
    }),
    表单: Object.entries(form).map(([key, value]) => {
      const field = topic.fields.find((one) => one.key === keyParts(key).key)
      const said = field?.options?.find((option) => option.value === value)?.label ?? value
      return { 项目: place(key, field?.label), 内容: said }
    }),
    材料: Object.entries(materials).map(([key, supply]) => ({
      材料: place(key, topic.materials.find((one) => one.key === keyParts(key).key)?.name),
      方式: BY_WORDS[supply.by], ...(supply.by === 'photos' ? { 照片: [...supply.ids] } : {}),
    })),
  }
}
