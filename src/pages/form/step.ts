/** A step of the form: a page, in a list also the row that is open and which of its parts. */
export interface Inside {
  /** a row's number, or IMPORT */
  row: string
  part?: number
}

/** In place of a row: the list is taken from a file. */
export const IMPORT = 'import'

export function stepOf(page: string, inside?: Inside): string {
  if (!inside) return page
  return [page, inside.row, ...(inside.part ? [inside.part] : [])].join('~')
}

export function stepParts(step: string): { page: string; row: string | undefined; part: number } {
  const [page = '', row, part = '0'] = step.split('~')
  return { page, row, part: Number(part) || 0 }
}
