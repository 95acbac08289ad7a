import type { Revived } from '@core/contract/admin'
import type { LetterPage, LettersReviveBody } from '@core/contract/letter'
import { request } from '../platform/request'
import { PAGE } from './cases'

export const letters = (after: string | undefined) =>
  request<LetterPage>('/v1/department/letters', { query: { after, limit: PAGE } })

export const reviveLetters = (body: LettersReviveBody) =>
  request<Revived>('/v1/department/letters/revive', { method: 'POST', body })
