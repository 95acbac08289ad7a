import type {
  ContactActionBody, ContactAddBody, ContactPage, ContactSaved, ContactScopes, ContactsSaved,
} from '@core/contract/contact'
import { request, requestFile } from '../platform/request'
import type { Part } from './part'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const contacts = (region: string | undefined, part: Part) =>
  request<ContactPage>('/v1/contacts', { query: { region, ...part } })

export const contactScopes = () => request<ContactScopes>('/v1/contacts/scopes')

export const addContact = (body: ContactAddBody) =>
  request<ContactSaved>('/v1/contacts', { method: 'POST', body })

export const actOnContact = (id: string, body: ContactActionBody) =>
  request<ContactSaved>(`/v1/contacts/${id}/actions`, { method: 'POST', body })

export const contactsFile = () => requestFile('/v1/contacts.xlsx')

/** The units the workbook names get its lists in place of their own; all or none. */
export const importContacts = (workbook: Blob) =>
  request<ContactsSaved>('/v1/contacts/import', {
    method: 'POST', file: new Blob([workbook], { type: XLSX }),
  })
