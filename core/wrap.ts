/** Text cut into lines as Chinese is set: pictures, PDF and flow chart break it alike. */

/** Marks that may not begin a line (避头点), and marks that may not end one (避尾点). */
const NOT_FIRST = '，。；：、？！）》”’〕】·…%'
const NOT_LAST = '（《“‘〔【'
const PARTS = /[A-Za-z0-9][A-Za-z0-9.:/_-]*|\s+|./gu

/**
 * A text cut into lines no wider than `most`. Words and numbers stay whole where a line can hold
 * them; a line begins with no closing mark and ends with no opening one.
 * @param widthOf  of any part of the text, in the unit of `most`
 */
export function wrap(text: string, widthOf: (text: string) => number, most: number): string[] {
  const lines: string[] = []
  let line: string[] = []
  let width = 0
  for (const part of partsOf(text, widthOf, most)) {
    const wide = widthOf(part)
    if (line.length > 0 && width + wide > most) {
      const carried = line.slice(breakBefore(line, part))
      lines.push(line.slice(0, line.length - carried.length).join('').trimEnd())
      line = carried
      width = carried.reduce((sum, one) => sum + widthOf(one), 0)
    }
    if (line.length === 0 && lines.length > 0 && part.trim() === '') continue
    line.push(part)
    width += wide
  }
  return line.length > 0 ? [...lines, line.join('')] : lines
}

function partsOf(text: string, widthOf: (text: string) => number, most: number): string[] {
  return (text.match(PARTS) ?? []).flatMap((part) =>
    widthOf(part) > most ? Array.from(part) : [part])
}

/** Where the line breaks so that `next` may follow; at least one part stays. */
function breakBefore(line: readonly string[], next: string): number {
  let at = line.length
  const first = () => line[at] ?? next
  const last = () => line[at - 1] ?? ''
  while (at > 1 && (NOT_FIRST.includes(first()) || NOT_LAST.includes(last()))) at--
  return at
}

/** How wide a text stands, in widths of one Chinese character: others take some six tenths. */
export function emWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\u2000' ? 1 : 0.62), 0)
}
