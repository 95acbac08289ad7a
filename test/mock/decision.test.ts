import { describe, expect, it } from 'vitest'
import type { OutsideTask } from '../../core/contract/outside'
import type { Field } from '../../core/contract/topic'
import { judge } from '../../core/values'
import { readCatalogue as readPublished } from '../../mock/catalogue'
import { approval } from '../../mock/decision'
import { demoPeople } from '../../mock/people'
import { linkAll, readCatalogue } from '../../server/catalogue/load'

const TODAY = '2026-11-23'
const { gives } = readPublished('catalogue')
const makers = linkAll(readCatalogue('catalogue')).flatMap((topic) =>
  topic.items.filter(({ result }) => result.gives.length > 0).map((item) => ({ topic, item })))

function told({ type, options }: Field): string {
  if (type === 'idNumber') return demoPeople(TODAY)[0]!.idNumber
  return options?.[0]?.value ?? (type.startsWith('date') ? TODAY : 'x')
}

describe('the demo departments', () => {
  it.each(makers.map(({ topic, item }) => [topic.title, item.short, topic, item] as const))(
    'in %s give what %s creates, each value as the catalogue has it', (_title, _item, topic, item) => {
      const asked = topic.fields.filter(({ key }) => item.fields.some((use) => use.key === key))
      const task: OutsideTask = {
        taskId: '0192c000-0000-7000-8000-000000000001.1', number: 'x-01', itemId: item.id,
        itemName: item.name, department: item.department, regionCode: '653101', dueOn: null,
        round: 0, results: [], feedback: '/x', sentAt: `${TODAY}T02:00:00Z`,
        form: Object.fromEntries(asked.map((field) => [field.key, told(field)])),
        materials: item.materials.map(({ key }) =>
          ({ key, name: key, certificateId: null, files: [] })),
      }
      const answer = approval(task, gives.get(item.id) ?? [], TODAY)
      const given = 'gives' in answer ? answer.gives ?? {} : {}
      expect(Object.keys(given).sort()).toEqual([...item.result.gives].sort())
      for (const [key, value] of Object.entries(given)) {
        const field = topic.fields.find((one) => one.key === key)
        if (field) expect(judge(field, value), `${key} ${value}`).toBeUndefined()
      }
    })

  it('know every item that creates something', () => {
    expect(makers.length).toBeGreaterThan(7)
  })
})
