import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { usualFacts } from '../../core/plan'
import { link } from '../../core/topic'
import { readCatalogue } from '../../server/catalogue/load'
import { differences, readSpecs, slipFaults, usualPlan } from './spec'

const files = readCatalogue(path.resolve(__dirname, '../../catalogue'))
const LEAST_SITUATIONS = 8

describe.each([...readSpecs()])('%s', (id, spec) => {
  let topic: Topic
  beforeAll(() => {
    const source = files.topics.find((one) => one.id === id)
    if (!source) throw new Error(`no topic ${id}`)
    topic = link(source, files)
  })

  it(`${spec.主题}：至少八种情形，写明不问什么`, () => {
    expect(topic.title).toBe(spec.主题)
    expect(spec.情形.length).toBeGreaterThanOrEqual(LEAST_SITUATIONS)
    expect(spec.情形.some(({ 不问 = [] }) => 不问.length > 0)).toBe(true)
    expect(spec.情形.some(({ 顺序 }) => 顺序)).toBe(true)
  })

  it(`${spec.主题}：指南上的“最常见情况”就是每个问题的第一个选项，或者几样常见的`, () => {
    const usual = usualFacts(topic, { answers: {}, form: {} })
    expect(usual.answers).toEqual(usualPlan(topic, spec).answers)
  })

  it.each(spec.情形.map((one) => [`${spec.主题}：${one.名称}`, one] as const))('%s', (_name, one) => {
    expect(differences(topic, spec, one)).toEqual([])
  })

  it.each((spec.填错 ?? []).map((one) => [`${spec.主题}：${one.名称}`, one] as const))(
    '%s', (_name, slip) => {
      expect(slipFaults(topic, spec, slip)).toEqual([])
    })
})
