/**
 * What the demo family, the demo firm and a founder need not type: by the papers the exchange holds of them, and, as
 * a firm that is only being founded has no papers, by what is suggested.
 */
import { describe, expect, it } from 'vitest'
import { prefill, suggest } from '../../core/form'
import { makePlan } from '../../core/plan'
import { demoPeople } from '../../mock/people'
import { fillTopic } from '../../server/training/filling'
import { loadCatalogue } from '../../server/catalogue/load'
import { knownOf } from '../../server/people/certificates'

const TODAY = '2026-11-23'
const { topics } = loadCatalogue('catalogue')
const people = demoPeople(TODAY)

/** Of the usual situation of a topic: the share of its fields that come filled in. */
function shareOf(phone: string, topicId: string): number {
  const { identity, certificates, name, idNumber } = people.find((one) => one.phone === phone)!
  const known = knownOf(certificates, { person: { kind: 'person', name, idNumber, phone }, identity })
  const topic = topics.find(({ id }) => id === topicId)!
  const { answers, form } = fillTopic(topic, { today: TODAY, seed: 1 })
  const { form: fields } = makePlan(topic, { answers, form })
  const certified = prefill(topic, fields, known, { answers, form })
  const facts = { answers, form: certified }
  const filled = { ...suggest(topic, fields, { facts, region: '653101', me: known.me }), ...certified }
  return Object.keys(filled).length / fields.length
}

describe('prefilled', () => {
  it.each([
    ['the demo family', '13900000001', 'newborn'],
    ['the demo firm', '13900000012', 'restaurant-opening'],
    ['the demo firm', '13900000012', 'company-closing'],
    ['the founder of a firm', '13900000009', 'company-opening'],
  ])('for %s (%s): at least six in ten fields of %s', (_who, phone, topic) => {
    expect(shareOf(phone, topic)).toBeGreaterThanOrEqual(0.6)
  })
})
