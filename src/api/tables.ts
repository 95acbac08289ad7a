import type { Table } from '@core/contract/table'
import { Refused } from '@core/refusal'
import { sendBytes } from '@/platform/upload'
import { actingHeaders, bearerToken, refused } from './client'

const MOST_BYTES = 1024 * 1024

/**
 * Has the platform take a CSV or XLSX file apart; it keeps nothing.
 * @throws {Refused} BAD_TABLE, TABLE_TOO_LARGE, TABLE_TOO_LONG; OFFLINE and its kin
 */
export async function readTableFile(bytes: ArrayBuffer): Promise<Table> {
  if (bytes.byteLength > MOST_BYTES) throw new Refused('TABLE_TOO_LARGE')
  try {
    const reply = await sendBytes<Table>('/v1/tables', bytes, {
      method: 'POST', token: bearerToken(), headers: actingHeaders('/tables'),
    })
    return reply.body! // a reply of 200 has one
  } catch (error) {
    throw refused(error)
  }
}
