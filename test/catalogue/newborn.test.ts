import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Topic } from '../../core/contract/topic'
import { MAX_INPUTS_A_PAGE, pagesOf, prefill } from '../../core/form'
import { measure } from '../../core/meter'
import { makePlan, mayStart, usualFacts } from '../../core/plan'
import { prove, proveSource } from '../../core/prove'
import { loadCatalogue, readCatalogue } from '../../server/catalogue/load'
import {
  CARD, CERTIFICATE, HUKOU, INSURE, MAIN, PAY, USUAL_FORM, VACCINE,
} from './newborn-form'

const dir = path.resolve(__dirname, '../../catalogue')
let topic: Topic

beforeAll(() => {
  const found = loadCatalogue(dir).topics.find(({ id }) => id === 'newborn')
  if (!found) throw new Error('no newborn topic')
  topic = found
})

describe('新生儿出生：顺序和时限', () => {
  const main = () => makePlan(topic, { answers: MAIN, form: USUAL_FORM })

  it('先办出生证明，接着接种证和户口同时办，再办参保和社保卡，最后缴费', () => {
    expect(main().stages).toEqual([[CERTIFICATE], [VACCINE, HUKOU], [INSURE, CARD], [PAY]])
  })

  it('最长的一条线是出生证明、户口、参保、缴费', () => {
    expect(main().criticalPath).toEqual([CERTIFICATE, HUKOU, INSURE, PAY])
  })

  it('证明办好以前，户口不能开始；证明已领的，户口马上开始', () => {
    const hukou = (certificate: string) => makePlan(topic, {
      answers: { ...MAIN, certificate }, form: {},
    }).items.find(({ item }) => item.id === HUKOU)!
    expect(mayStart(hukou('no'), new Set())).toBe(false)
    expect(mayStart(hukou('no'), new Set([CERTIFICATE]))).toBe(true)
    expect(mayStart(hukou('yes'), new Set())).toBe(true)
  })

  it('孩子的身份证号由户口登记产生，出生证明和户口页不用再交', () => {
    const { materials } = main()
    const from = (key: string) => materials.find((material) => material.key === key)?.fromItem
    expect(from('child.birth-medical-certificate')).toBe(CERTIFICATE)
    expect(from('child.household-page')).toBe(HUKOU)
    expect(from('child.insurance-registration')).toBe(INSURE)
  })

  it('还没回答参保时，参保列为“可能需要”，不列为“不需要”', () => {
    const { insure: _insure, ...rest } = MAIN
    const planned = makePlan(topic, { answers: rest, form: {} }).items
    expect(planned.find(({ item }) => item.id === INSURE)?.verdict).toBe('unknown')
  })
})

describe('新生儿出生：少问、少交', () => {
  it('最多 10 个问题，主线不超过 38 项，每页不超过 5 项', () => {
    const { questions, form } = makePlan(topic, { answers: MAIN, form: USUAL_FORM })
    expect(questions.length).toBeLessThanOrEqual(10)
    expect(form.length).toBeLessThanOrEqual(38)
    for (const page of pagesOf(topic, form)) {
      expect(page.fields.length).toBeLessThanOrEqual(MAX_INPUTS_A_PAGE)
    }
  })

  it('主线六成以上的内容可以由共享证照带出', () => {
    const person = [
      'name', 'idType', 'idNumber', 'bornOn', 'ethnicity', 'nationality', 'hukouAddress',
      'homeAddress', 'phone',
    ]
    const known = Object.fromEntries(person.map((element) => [element, '已知']))
    const { form } = makePlan(topic, { answers: MAIN, form: USUAL_FORM })
    const filled = prefill(topic, form, { me: known, spouse: known },
      { answers: MAIN, form: USUAL_FORM })
    expect(Object.keys(filled).length / form.length).toBeGreaterThanOrEqual(0.6)
  })

  it('身份证、户口簿、结婚证、出生证明、分娩记录可以用电子证照代替照片', () => {
    const types = new Set(topic.materials.flatMap(({ certificate }) => certificate ?? []))
    expect([...types].sort()).toEqual([
      'birth-medical-certificate', 'hospital-birth-record', 'household-register',
      'marriage-certificate', 'resident-id',
    ])
  })

  it('从不问宗教；民族列全 56 个，本地人数多的在前', () => {
    expect(JSON.stringify(topic)).not.toMatch(/宗教|信仰/)
    const options = topic.fields.find(({ key }) => key === 'child.ethnicity')?.options ?? []
    expect(new Set(options.map(({ value }) => value)).size).toBe(56)
    expect(options.slice(0, 6).map(({ value }) => value))
      .toEqual(['05', '01', '41', '29', '03', '43'])
  })

  it('所有时限和费用都标明来源，待部门确认', () => {
    for (const item of topic.items) {
      expect(item.status).toBe('draft')
      expect(item.fee.amount).toBe(0)
      expect(item.source).not.toBe('')
    }
  })

  it('减了多少：六张表变一张，材料、跑动和天数都少', () => {
    const saved = measure(makePlan(topic, { answers: MAIN, form: USUAL_FORM }))
    expect(saved.forms).toEqual({ apart: 6, together: 1 })
    expect(saved.days).toEqual({ apart: 15, together: 9 })
    expect(saved.visits).toEqual({ apart: 6, together: 2 })
    expect(saved.materials).toEqual({ apart: 15, together: 7 })
    expect(saved.fields).toEqual({ apart: 73, together: 29 })
    expect(saved.steps).toEqual({ apart: 12, together: 3 })
  })
})

describe('目录检查', () => {
  it('整个目录在全部回答上得到证明', () => {
    expect(proveSource(readCatalogue(dir))).toEqual([])
    const { proved, faults } = prove(topic)
    expect(faults).toEqual([])
    expect(proved.answers).toBeGreaterThan(4000)
    expect(proved.situations).toBe(8)
  })

  it('十二个县市都在，另加地区本身', () => {
    const { regions } = loadCatalogue(dir)
    expect(regions.filter(({ level }) => level === 'county')).toHaveLength(12)
    expect(regions.filter(({ level }) => level === 'prefecture')).toHaveLength(1)
  })
})

describe('新生儿出生：指南上的“最常见情况”', () => {
  it('没回答以前，按母亲办、本地医院出生、已婚来展示；答过的不改', () => {
    const usual = usualFacts(topic, { answers: {}, form: {} })
    expect(usual.answers).toEqual(MAIN)
    expect(makePlan(topic, usual).next).toBeUndefined()
    const father = usualFacts(topic, { answers: { who: 'father' }, form: {} })
    expect(father.answers).toEqual({ ...MAIN, who: 'father' })
  })
})
