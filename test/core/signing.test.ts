import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../core/plan'
import { type SignedContent, contentToSign, sheetFor, signingText } from '../../core/signing'
import { mask } from '../../core/values'
import { fillTopic } from '../../server/training/filling'
import { loadCatalogue } from '../../server/catalogue/load'

const catalogue = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const { topics, regions } = catalogue
const TODAY = '2026-11-23'
const marriage = topics.find(({ id }) => id === 'marriage')!
const company = topics.find(({ id }) => id === 'company-opening')!

const key = fc.stringMatching(/^[a-z]{1,6}\.[a-zA-Z]{1,6}$/)
const values = fc.dictionary(key, fc.string({ minLength: 1 }), { maxKeys: 8 })
const anyContent: fc.Arbitrary<SignedContent> = fc.record({
  topicId: fc.string({ minLength: 1 }), version: fc.integer({ min: 1 }),
  regionCode: fc.stringMatching(/^\d{6}$/), answers: values, form: values,
})

const reversed = <T extends object>(from: T): T =>
  Object.fromEntries(Object.entries(from).reverse()) as T // the same keys

describe('the text that is signed', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(anyContent, (content) => {
      const other = reversed({
        ...content, answers: reversed(content.answers), form: reversed(content.form),
      })
      expect(signingText(other)).toBe(signingText(content))
    }))
  })

  it('differs as soon as anything differs', () => {
    fc.assert(fc.property(anyContent, anyContent, (one, other) => {
      const same = JSON.stringify(Object.entries(one.form).sort()) ===
        JSON.stringify(Object.entries(other.form).sort())
      fc.pre(!same)
      expect(signingText({ ...one, form: other.form })).not.toBe(signingText(one))
    }))
    fc.assert(fc.property(anyContent, fc.constantFrom('answers', 'form'), key, fc.string(),
      (content, part, name, value) => {
        fc.pre(content[part][name] !== value)
        const changed = { ...content, [part]: { ...content[part], [name]: value } }
        expect(signingText(changed)).not.toBe(signingText(content))
      }))
    fc.assert(fc.property(anyContent, (content) => {
      const text = signingText(content)
      expect(signingText({ ...content, version: content.version + 1 })).not.toBe(text)
      expect(signingText({ ...content, topicId: `${content.topicId}x` })).not.toBe(text)
      expect(signingText({ ...content, regionCode: `${content.regionCode}0` })).not.toBe(text)
    }))
  })

  it('cannot be made alike by values that look like keys', () => {
    const content = { topicId: 'a', version: 1, regionCode: '653101', answers: {} }
    expect(signingText({ ...content, form: { 'a.b': '1","c.d":"2' } }))
      .not.toBe(signingText({ ...content, form: { 'a.b': '1', 'c.d': '2' } }))
  })
})

describe('what is signed', () => {
  const filled = fillTopic(marriage, { today: TODAY, seed: 3 })
  const sign = (form: Record<string, string>) =>
    contentToSign(marriage, makePlan(marriage, { answers: filled.answers, form }), {
      regionCode: '653101', form,
    })

  it('is every value that is asked, however it was typed', () => {
    const typed = Object.fromEntries(
      Object.entries(filled.form).map(([name, value]) => [name, ` ${value} `]))
    expect(sign(typed)).toEqual(sign(filled.form))
    for (const name of Object.keys(filled.form)) {
      expect(Object.keys(sign(filled.form).form)).toContain(name)
    }
  })

  it('leaves out what nobody asks and what is empty', () => {
    const more = { ...filled.form, 'nobody.asks': 'x', 'groom.otherPhone': '' }
    expect(sign(more)).toEqual(sign(filled.form))
  })
})

describe('what a signer reads', () => {
  const sheetOf = (topic: typeof marriage, as: string, rows = {}) => {
    const { plan, form } = fillTopic(topic, {
      today: TODAY, seed: 5, rows, answers: { kind: 'company', owners: 'persons' },
    })
    return { form, plan, sheet: sheetFor(topic, plan, { form, as: [as], regions }) }
  }

  it('of themselves everything, of the other one only who it is, masked', () => {
    const { form, plan, sheet } = sheetOf(marriage, 'bride')
    const groups = new Map(sheet.groups.map((group) => [group.title, group]))
    expect(groups.get('女方')?.whose).toBe('you')
    expect(groups.get('女方')?.rows.map(({ value }) => value)).toContain(form['bride.idNumber'])
    expect(groups.get('女方')?.rows).toHaveLength(
      plan.form.filter(({ role, key: name }) => role === 'bride' && form[name]).length)
    expect(groups.get('男方')?.whose).toBe('others')
    const text = JSON.stringify(groups.get('男方'))
    expect(text).toContain(mask('idNumber', form['groom.idNumber'] ?? ''))
    for (const field of plan.form.filter(({ role }) => role === 'groom')) {
      const value = form[field.key] ?? ''
      if (value.length > 3) expect(text).not.toContain(value)
    }
  })

  it('of the company everything, and each part of what is shared', () => {
    const { form, plan, sheet } = sheetOf(company, 'shareholder.2', { shareholder: 3 })
    const byTitle = (title: string) => sheet.groups.find((group) => group.title === title)
    expect(byTitle('股东 2')?.whose).toBe('you')
    expect(byTitle('股东 1')?.whose).toBe('others')
    expect(byTitle('新企业')?.whose).toBe('common')
    expect(byTitle('新企业')?.rows).toHaveLength(
      plan.form.filter(({ role, key: name }) => role === 'company' && form[name]).length)
    const share = plan.form.find(({ key: name }) => name === 'shareholder.1.capitalShare')!
    expect(byTitle('股东 1')?.rows).toContainEqual({
      label: share.label, value: `${form[share.key]}${share.unit ?? ''}`,
    })
    expect(JSON.stringify(byTitle('股东 1'))).not.toContain(form['shareholder.1.idNumber'])
  })

  it('names every department once, and which of their own data it gets', () => {
    const { plan, sheet } = sheetOf(marriage, 'bride')
    expect(sheet.departments).toHaveLength(
      new Set(plan.items.map(({ item }) => item.department)).size)
    expect(sheet.departments.some(({ yours }) => yours.length > 0)).toBe(true)
    expect(sheet.answers).toHaveLength(plan.questions.length)
  })
})
