/** What a work list shows is in its address, so that a link and the way back lead to the same. */
import type { Region } from '@core/contract/home'
import { go, useAddress } from '../platform/address'

export interface Filters<Name extends string> {
  /** '' where nothing is chosen */
  given: Readonly<Record<Name, string>>
  to: (change: Partial<Record<Name | 'state', string | undefined>>) => void
}

/** @param state  the tab one is at; going to another one can be taken back */
export function useFilters<Name extends string>(
  path: string,
  state: string,
  names: readonly Name[],
): Filters<Name> {
  const { query } = useAddress()
  const given = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as
    Record<Name, string> // of exactly these names
  const to: Filters<Name>['to'] = (change) => {
    const kept = Object.entries({ state, ...given, ...change })
      .flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
    go(`${path}?${new URLSearchParams(kept).toString()}`, { instead: change.state === undefined })
  }
  return { given, to }
}

/** The counties one can choose from. */
export const countyOptions = (regions: readonly Region[]) =>
  regions.filter(({ zone }) => zone === null)
    .map(({ code, name }) => ({ value: code, label: name }))

/** Whether a list row is looked for by these letters. */
export const matches = (text: string, number: string, name: string | null): boolean =>
  text === '' || number.includes(text.trim().toUpperCase()) || Boolean(name?.includes(text.trim()))
