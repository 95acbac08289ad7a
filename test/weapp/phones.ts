/** The phones of one test file, each with the compiled mini-program on it. */
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import type { Started } from '../journeys/product'
import { costLine } from './counters'
import { type OpenPage, Phone } from './phone'
import { compileViews, type Draws } from './view'
import type { Kept } from './wx'

export const DIST = path.resolve(import.meta.dirname, '../../dist/weapp')

interface Phones {
  /** A phone with the app on it; `left` is what an earlier run of the app left behind. */
  take(left?: Kept, lacks?: readonly string[]): Phone
  /** Puts a line of what a page has cost into the report. */
  report(page: OpenPage | string): void
}

/** @throws after each test that met a fault of the app or went over a limit of drawing */
export function usePhones(): Phones {
  const server = product().url
  let draws: Draws
  let phones: Phone[] = []
  const lines: string[] = []
  beforeAll(() => {
    draws = compileViews(DIST)
  })
  afterEach(() => {
    const faults = phones.flatMap((phone) => [...phone.faults, ...phone.counters.excesses])
    phones.forEach((phone) => phone.close())
    phones = []
    expect(faults).toEqual([])
  })
  afterAll(() => console.log(lines.join('\n')))
  return {
    take: (left, lacks) => {
      const phone = new Phone({ dist: DIST, server, draws, left, lacks })
      phones.push(phone)
      return phone
    },
    report: (page) =>
      void lines.push(typeof page === 'string' ? page : costLine(page.route, page.cost)),
  }
}

/** The product under test. */
export function product(): Started {
  const started = inject('product')
  if (!started) throw new Error('setup.ts always starts one')
  return started
}
