import type { Revived } from '@core/contract/admin'
import type { LetterPage, LettersReviveBody } from '@core/contract/letter'
import { request } from '../platform/request'
import type { Part } from './part'

export const letters = (part: Part) =>
  request<LetterPage>('/v1/department/letters', { query: { ...part } })

export const reviveLetters = (body: LettersReviveBody) =>
  request<Revived>('/v1/department/letters/revive', { method: 'POST', body })
