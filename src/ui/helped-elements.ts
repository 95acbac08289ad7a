import type { ReactNode } from 'react'
import type { Helping } from './frame'

const HELPED: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'p', 'dt'])

/** A sentence of its own, which the language layer may help with. */
export function isHelped(element: string, children: ReactNode): children is string {
  return typeof children === 'string' && HELPED.has(element)
}

/** Where there is room for one line only, as in a list of options: the help behind the Chinese. */
export function inOneLine(text: string, helping: Helping | undefined): string {
  const help = helping?.of(text)
  return help ? `${text} · \u2068${help}\u2069` : text
}
