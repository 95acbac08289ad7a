/** TypeBox checks no format it was not taught; the contract names these two. */
import { FormatRegistry } from '@sinclair/typebox'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

export function teachFormats(): void {
  FormatRegistry.Set('uuid', (text) => UUID.test(text))
  FormatRegistry.Set('date-time', (text) => INSTANT.test(text) && !isNaN(Date.parse(text)))
}
