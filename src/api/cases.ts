import type {
  CaseActionBody, CaseAgain, CaseContent, CasePage, CaseView, Messages, NoticeView, Result,
  SubmitCase,
} from '@core/contract/case'
import type {
  CaseDocument, CaseDocuments, FileVerdict, Verification,
} from '@core/contract/document'
import { saveDocument } from '@/platform/save-file'
import { sendBytes } from '@/platform/upload'
import { actingHeaders, bearerToken, call, get, refused, send } from './client'

export const submitCase = (body: SubmitCase) => send<CaseView>('POST', '/cases', body)

export const listCases = (after?: string) =>
  get<CasePage>(`/cases?limit=20${after ? `&after=${encodeURIComponent(after)}` : ''}`)

/** New events only; undefined when nothing has moved since that version. */
export async function getCase(id: string, after: number): Promise<CaseView | undefined> {
  const headers = after > 0 ? { 'if-none-match': `"${after}"` } : undefined
  return (await call<CaseView>(`/cases/${id}?after=${after}`, { headers })).body
}

export const getCaseContent = (id: string) => get<CaseContent>(`/cases/${id}/content`)

export const getNotice = (id: string) => get<NoticeView>(`/cases/${id}/notice`)

export const actOnCase = (id: string, body: CaseActionBody) =>
  send<CaseView>('POST', `/cases/${id}/actions`, body)

export const getResult = (id: string) => get<Result>(`/results/${id}`)

/** What a new draft can begin with. */
export const beginAgain = (id: string) => get<CaseAgain>(`/cases/${id}/again`)

/** Hands the receipt over as PDF, to keep, open or print. @throws {Refused} OFFLINE and its kin */
export const saveReceipt = (id: string, number: string) =>
  saveFile(`/v1/cases/${id}/receipt.pdf`, `提交回执 ${number}.pdf`)

/** Hands a result over as PDF. @throws {Refused} OFFLINE and its kin */
export const saveResult = (id: string, name: string) =>
  saveFile(`/v1/results/${id}/result.pdf`, `${name}.pdf`)

/** 文书: what was told about a case in writing. */
export const listDocuments = async (id: string) =>
  (await get<CaseDocuments>(`/cases/${id}/documents`)).documents

/** Hands a notice over as PDF. @throws {Refused} OFFLINE and its kin */
export const saveNotice = (id: string, { name, title, number }: CaseDocument) =>
  saveFile(`/v1/cases/${id}/documents/${name}.pdf`, `${title} ${number}.pdf`)

async function saveFile(path: string, name: string): Promise<void> {
  try {
    const headers = actingHeaders(path.replace(/^\/v1/, ''))
    await saveDocument({ path, name, token: bearerToken(), headers })
  } catch (error) {
    throw refused(error)
  }
}

export const verifyCode = (code: string) => get<Verification>(`/verify/${code}`)

/** Whether a file is one of ours, letter for letter. @throws {Refused} OFFLINE and its kin */
export async function verifyFile(bytes: ArrayBuffer): Promise<FileVerdict> {
  try {
    const options = { method: 'POST', token: bearerToken() } as const
    return (await sendBytes<FileVerdict>('/v1/verify/file', bytes, options)).body! // 200 has one
  } catch (error) {
    throw refused(error)
  }
}

export const listMessages = (after?: string) =>
  get<Messages>(`/messages${after ? `?after=${encodeURIComponent(after)}` : ''}`)

export const readMessage = (id: string) => send<unknown>('POST', `/messages/${id}/read`)
