/**
 * Who may call what: one row per route, by operationId. A route without a row fails the start
 * (S16). `may` decides over the object after it was loaded; a refusal looks like "not found" (S46).
 */
import type { Actor } from './actor'
import type { LoadedCatalogue } from './catalogue/load'

/** What a policy may know of the object a call is about. */
export interface Subject {
  /** the citizen it belongs to */
  ownerId?: string
  regionCode?: string
  /** whose real-name account is to sign it */
  signerId?: string
  /** departments that have a started task in it (a waiting task shows its department nothing) */
  departments?: readonly string[]
}

export interface Policy {
  who: readonly (Actor['kind'] | 'anyone')[]
  may?: (actor: Actor, subject: Subject) => boolean
}

export type Policies = Readonly<Record<string, Policy>>

/** The prefecture's own staff act in every county of it; a county's only at home. */
function sameRegion(staffRegion: string, regionCode: string | undefined): boolean {
  if (regionCode === undefined) return false
  return staffRegion.endsWith('00')
    ? regionCode.startsWith(staffRegion.slice(0, 4))
    : regionCode === staffRegion
}

/** The regions of the catalogue in which such staff act. */
export function regionsOf(
  { regions }: Pick<LoadedCatalogue, 'regions'>,
  staffRegion: string,
): string[] {
  const below = regions.map(({ code }) => code).filter((code) => sameRegion(staffRegion, code))
  return [...new Set([staffRegion, ...below])]
}

const owner = (actor: Actor, { ownerId }: Subject) =>
  actor.kind === 'citizen' && ownerId !== undefined && actor.id === ownerId

const signer = (actor: Actor, { signerId }: Subject) =>
  actor.kind === 'citizen' && actor.verified && signerId !== undefined && actor.id === signerId

const atWindow = (actor: Actor, { regionCode }: Subject) =>
  actor.kind === 'window' && sameRegion(actor.region, regionCode)

const inDepartment = (actor: Actor, { regionCode, departments = [] }: Subject) =>
  (actor.kind === 'department' && actor.department !== null &&
    departments.includes(actor.department) && sameRegion(actor.region, regionCode)) ||
  (actor.kind === 'outside' && departments.includes(actor.department))

const supervising = (actor: Actor, { regionCode }: Subject) =>
  actor.kind === 'supervisor' && sameRegion(actor.region, regionCode)

/** Whoever a rating was about: the window of a case, the department of an item. */
const rated = (actor: Actor, subject: Subject) => (subject.departments?.length === 0
  ? atWindow(actor, subject) : inDepartment(actor, subject))

const anyOf = (...rules: NonNullable<Policy['may']>[]): NonNullable<Policy['may']> =>
  (actor, subject) => rules.some((rule) => rule(actor, subject))

export const POLICIES: Policies = {
  getHome: { who: ['anyone'] },
  listTopics: { who: ['anyone'] },
  findTopics: { who: ['anyone'] },
  getLife: { who: ['anyone'] },
  getTopic: { who: ['anyone'] },
  printGuide: { who: ['anyone'] },
  listRegions: { who: ['anyone'] },
  getCalendar: { who: ['anyone'] },
  getLanguage: { who: ['anyone'] },
  verifyResult: { who: ['anyone'] },
  getHealth: { who: ['anyone'] },
  getOpenApi: { who: ['anyone'] },

  requestOtp: { who: ['anyone'] },
  signIn: { who: ['anyone'] },
  signOut: { who: ['citizen', 'window', 'department', 'supervisor'] },
  getMe: { who: ['citizen'] },
  changeMe: { who: ['citizen'] },
  checkIdentity: { who: ['citizen'] },
  listCertificates: { who: ['citizen'] },
  getAccessLog: { who: ['citizen'] },
  getHoldings: { who: ['citizen'] },
  exportMe: { who: ['citizen'] },
  eraseMine: { who: ['citizen'] },
  closeAccount: { who: ['citizen'] },
  changePhone: { who: ['citizen'] },
  requestConfirm: { who: ['citizen'] },
  confirmMe: { who: ['citizen'] },
  listDevices: { who: ['citizen'] },
  endDevices: { who: ['citizen'] },
  getPreferences: { who: ['citizen'] },
  changePreferences: { who: ['citizen'] },
  renewSession: { who: ['citizen'] },

  getDraft: { who: ['citizen'] },
  putDraft: { who: ['citizen'] },
  deleteDraft: { who: ['citizen'] },

  readTable: { who: ['citizen'] },

  startUpload: { who: ['citizen'] },
  putChunk: { who: ['citizen'], may: owner },
  finishUpload: { who: ['citizen'], may: owner },
  getUpload: { who: ['citizen'], may: owner },
  getMaterialFile: {
    who: ['citizen', 'window', 'department', 'outside'],
    may: anyOf(owner, atWindow, inDepartment),
  },

  inviteSigners: { who: ['citizen'] },
  listSigners: { who: ['citizen'] },
  getSigning: { who: ['citizen'], may: signer },
  signSigning: { who: ['citizen'], may: signer },
  declineSigning: { who: ['citizen'], may: signer },

  submitCase: { who: ['citizen'] },
  listCases: { who: ['citizen'] },
  getCase: {
    who: ['citizen', 'window', 'department', 'supervisor'],
    may: anyOf(owner, atWindow, inDepartment, supervising),
  },
  getCaseContent: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  getNotice: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  printReceipt: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  actOnCase: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  rateCase: { who: ['citizen'], may: owner },
  getRating: { who: ['citizen'], may: owner },
  replyRectification: { who: ['citizen'], may: owner },
  listRectifications: { who: ['window', 'department', 'supervisor'] },
  getRectification: {
    who: ['window', 'department', 'supervisor'], may: anyOf(rated, supervising),
  },
  actOnRectification: {
    who: ['window', 'department', 'supervisor'], may: anyOf(rated, supervising),
  },
  getPublicStats: { who: ['anyone'] },
  listSlots: { who: ['anyone'] },
  listBookings: { who: ['citizen'] },
  makeBooking: { who: ['citizen'] },
  cancelBooking: { who: ['citizen'], may: owner },
  getResult: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  printResult: { who: ['citizen', 'window'], may: anyOf(owner, atWindow) },
  createTicket: { who: ['citizen'] },
  listTickets: { who: ['citizen'] },
  getTicket: {
    who: ['citizen', 'window', 'department', 'supervisor'],
    may: anyOf(owner, atWindow, inDepartment, supervising),
  },
  writeOnTicket: {
    who: ['citizen', 'window', 'department'], may: anyOf(owner, atWindow, inDepartment),
  },
  actOnTicket: {
    who: ['citizen', 'window', 'department'], may: anyOf(owner, atWindow, inDepartment),
  },
  listDeskTickets: { who: ['window', 'department', 'supervisor'] },

  listMessages: { who: ['citizen'] },
  readMessage: { who: ['citizen'], may: owner },

  staffSignIn: { who: ['anyone'] },
  listDeskCases: { who: ['window', 'supervisor'] },
  listTasks: { who: ['department'] },
  getTask: { who: ['department'], may: inDepartment },
  actOnTask: { who: ['department'], may: inDepartment },
  outsideFeedback: { who: ['outside'], may: inDepartment },
}
