/**
 * What the demo family and the demo firm need not type, by the papers the exchange holds of them. A firm that is only
 * being founded has no papers: of 28 fields 3 come filled in.
 */
import { describe, expect, it } from 'vitest'
import { prefill, suggest } from '../../core/form'
import { makePlan } from '../../core/plan'
import { demoPeople } from '../../mock/people'
import { fillTopic } from '../../scripts/rig/filling'
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
  const facts = { answers, form }
  const { form: fields } = makePlan(topic, facts)
  const filled = { ...suggest(topic, fields, { facts, region: '653101' }), ...prefill(topic, fields, known, facts) }
  return Object.keys(filled).length / fields.length
}

describe('prefilled', () => {
  it.each([
    ['the demo family', '13900000001', 'newborn'],
    ['the demo firm', '13900000012', 'restaurant-opening'],
    ['the demo firm', '13900000012', 'company-closing'],
  ])('for %s (%s): at least six in ten fields of %s', (_who, phone, topic) => {
    expect(shareOf(phone, topic)).toBeGreaterThanOrEqual(0.6)
  })
})
