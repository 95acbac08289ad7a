/** The counters see what they are there to see: each limit with a fault planted. */
import { describe, expect, it } from 'vitest'
import { Counters, LIMITS, noCost } from './counters'
import type { ViewNode } from './view'

function node(tag: string, attr: ViewNode['attr'] = {}, children: ViewNode[] = []): ViewNode {
  return { tag, text: tag === '#text' ? '填写' : '', attr, children, parent: undefined, owner: {} }
}

const many = (length: number, make: () => ViewNode) => Array.from({ length }, make)

/** What is said of a drawn page. */
function said(root: ViewNode): string[] {
  const counters = new Counters()
  counters.drawn('page', noCost(), root)
  return counters.excesses
}

describe('the counters', () => {
  it('let a page of ordinary size pass, its controls named', () => {
    const root = node('page', {}, [
      node('button', {}, [node('#text')]), node('input', { 'aria-label': '姓名' }),
      node('view', { 'aria-role': 'checkbox', 'aria-label': '同意' }), node('view'),
    ])
    expect(said(root)).toEqual([])
  })

  it.each([
    ['a button without a name', node('button', {}, [node('text', { class: 'icon' })])],
    ['a input without a name', node('input', { value: '' })],
    ['a checkbox without a name', node('view', { 'aria-role': 'checkbox' })],
  ])('see %s', (what, control) => {
    expect(said(node('page', {}, [control]))).toEqual([`page: ${what}`])
  })

  it('see too many nodes, too many children and too deep a tree', () => {
    expect(said(node('page', {}, many(LIMITS.children + 1, () => node('view')))).join())
      .toMatch(/too many children/)
    expect(said(node('page', {}, many(50, () => node('view', {}, many(12, () => node('view')))))))
      .toEqual(['page: too many nodes (651)'])
    let deep = node('view')
    for (let level = 0; level < LIMITS.depth; level += 1) deep = node('view', {}, [deep])
    expect(said(deep).join()).toMatch(/too deep/)
  })

  it('see a large setData, many in a second, and a page that draws below another', () => {
    const counters = new Counters()
    counters.sent('large', noCost(), { bytes: LIMITS.bytes + 1, isTop: true })
    const below = noCost()
    for (let call = 0; call <= LIMITS.callsBelow; call += 1) {
      counters.sent('below', below, { bytes: 1, isTop: false })
    }
    counters.acted()
    const busy = noCost()
    for (let call = 0; call <= LIMITS.callsInSecond; call += 1) {
      counters.sent('busy', busy, { bytes: 1, isTop: true })
    }
    expect(counters.excesses).toEqual([
      `large: setData of ${LIMITS.bytes + 1} bytes`, 'below: draws though it is out of sight',
      'busy: more than 10 setData in a second',
    ])
  })
})
