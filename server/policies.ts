/**
 * Who may call what: one row per route, by operationId. A route without a row fails the start
 * (S16). `may` decides over the object after it was loaded; a refusal looks like "not found" (S46).
 */
import { COUNTER_PURPOSES, type CounterPurpose } from '../core/contract/counter'
import { STAFF_ROLES } from '../core/contract/session'
import { hasDuty } from '../core/duty'
import type { Acts, MandateKind } from '../core/mandate'
import type { Actor } from './actor'
import type { LoadedCatalogue } from './catalogue/load'
import { drafter, owner, uploader } from './policy-owner'

/** What a policy may know of the object a call is about. */
export interface Subject {
  /** the citizen it belongs to */
  ownerId?: string
  /** the matter it belongs to: whoever acts in some topics sees nothing of the others */
  topicId?: string
  /** the case it is, or belongs to */
  caseId?: string
  /** the mandate it came under */
  mandateId?: string | null
  /** the draft it is, or is used in, by its request id */
  draftId?: string
  regionCode?: string
  /** of a mandate: who may end it */
  sides?: readonly string[]
  /** whose real-name account is to sign it */
  signerId?: string
  /** departments that have a started task in it (a waiting task shows its department nothing) */
  departments?: readonly string[]
}

export interface Policy {
  who: readonly (Actor['kind'] | 'anyone')[]
  may?: (actor: Actor, subject: Subject) => boolean
  /** how far a mandate must go for whoever acts for somebody; absent: never while acting */
  acting?: Acts
  /** of these mandates only; absent: of any */
  actingKinds?: readonly MandateKind[]
  /** in such a session of the window (窗口代办); absent: in none */
  counter?: readonly CounterPurpose[]
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

const HANDLING = ['window', 'department', 'supervisor'] as const
const FILING: readonly CounterPurpose[] = ['file']
const RATING: readonly CounterPurpose[] = ['rate']

/** Who stands for one that has no account of their own. */
const HOLDERS = ['child', 'company'] as const

const signer = (actor: Actor, { signerId }: Subject) =>
  actor.kind === 'citizen' && actor.verified && signerId !== undefined && actor.id === signerId

const side = (actor: Actor, { sides }: Subject) =>
  actor.kind === 'citizen' && !actor.acting && Boolean(sides?.includes(actor.id))

const atWindow = (actor: Actor, { regionCode }: Subject) =>
  actor.kind === 'window' && sameRegion(actor.region, regionCode)

const inDepartment = (actor: Actor, { regionCode, departments = [] }: Subject) =>
  (actor.kind === 'department' && actor.department !== null &&
    departments.includes(actor.department) && sameRegion(actor.region, regionCode)) ||
  (actor.kind === 'outside' && departments.includes(actor.department))

/** Whoever decides in a department answers for it. */
export const headsDepartment = (actor: Actor, subject: Subject) =>
  actor.kind === 'department' && hasDuty(actor.duties, 'approve') && inDepartment(actor, subject)

const supervising = (actor: Actor, { regionCode }: Subject) =>
  actor.kind === 'supervisor' && sameRegion(actor.region, regionCode)

/** The prefecture's catalogue: who publishes it, and the departments a topic is of. */
const catalogueHand = (actor: Actor, { regionCode, departments = [] }: Subject) =>
  (actor.kind === 'publisher' || (actor.kind === 'editor' && actor.department !== null &&
    departments.includes(actor.department))) && sameRegion(actor.region, regionCode)

/** Whoever a rating was about: the window of a case, the department of an item. */
const rated = (actor: Actor, subject: Subject) => (subject.departments?.length === 0
  ? atWindow(actor, subject) : inDepartment(actor, subject))

const anyOf = (...rules: NonNullable<Policy['may']>[]): NonNullable<Policy['may']> =>
  (actor, subject) => rules.some((rule) => rule(actor, subject))

/** 责任人联系表: supervision has the lists of its region, a department's head their own. */
export const keepsContacts = anyOf(headsDepartment, supervising)

export const POLICIES: Policies = {
  getHome: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  listTopics: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  findTopics: { who: ['anyone'], acting: 'read', counter: FILING },
  getLife: { who: ['anyone'], acting: 'read' },
  getTopic: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  printGuide: { who: ['anyone'], acting: 'read', counter: FILING },
  listRegions: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  getCalendar: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  getLanguage: { who: ['anyone'], acting: 'read', counter: COUNTER_PURPOSES },
  verifyCode: { who: ['anyone'], acting: 'read' },
  verifyFile: { who: ['anyone'], acting: 'read' },
  getHealth: { who: ['anyone'], acting: 'read' },
  getOpenApi: { who: ['anyone'], acting: 'read' },

  requestOtp: { who: ['anyone'] },
  signIn: { who: ['anyone'] },
  signOut: { who: ['citizen', ...STAFF_ROLES], counter: COUNTER_PURPOSES },
  getMe: { who: ['citizen'] },
  changeMe: { who: ['citizen'] },
  checkIdentity: { who: ['citizen'] },
  listCertificates: { who: ['citizen'], may: owner, acting: 'fill', counter: FILING },
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
  consentToWechat: { who: ['citizen'] },
  renewSession: { who: ['citizen'] },

  getDraft: { who: ['citizen'], may: drafter, acting: 'read', counter: FILING },
  putDraft: { who: ['citizen'], may: owner, acting: 'fill' },
  deleteDraft: { who: ['citizen'], may: owner, acting: 'file' },
  // One's own to give: never while acting for somebody else.
  makePickUp: { who: ['citizen'], may: owner },
  getPickUp: { who: ['citizen'], may: owner },
  dropPickUp: { who: ['citizen'], may: owner },

  readTable: { who: ['citizen'], acting: 'fill', counter: FILING },

  // Of one's own cases only: never while acting for somebody else.
  listMaterials: { who: ['citizen'] },
  startUpload: { who: ['citizen'], acting: 'fill', counter: FILING },
  putChunk: { who: ['citizen'], may: uploader, acting: 'fill', counter: FILING },
  finishUpload: { who: ['citizen'], may: uploader, acting: 'fill', counter: FILING },
  getUpload: { who: ['citizen'], may: uploader, acting: 'read', counter: FILING },
  getMaterialFile: {
    who: ['citizen', 'window', 'department', 'outside'],
    may: anyOf(drafter, atWindow, inDepartment),
    acting: 'read',
    counter: FILING,
  },

  inviteSigners: { who: ['citizen'], may: owner, acting: 'file', counter: FILING },
  inviteAgain: { who: ['citizen'], may: owner, acting: 'file' },
  getSigningAgain: { who: ['citizen'], may: owner, acting: 'read' },
  listSigners: { who: ['citizen'], may: owner, acting: 'read', counter: FILING },
  getSigning: { who: ['citizen'], may: signer },
  signSigning: { who: ['citizen'], may: signer },
  declineSigning: { who: ['citizen'], may: signer },

  submitCase: { who: ['citizen'], may: owner, acting: 'file', counter: FILING },
  listCases: { who: ['citizen'], acting: 'read' },
  getCase: {
    who: ['citizen', 'window', 'department', 'supervisor'],
    may: anyOf(owner, atWindow, inDepartment, supervising),
    acting: 'read',
    counter: COUNTER_PURPOSES,
  },
  getCaseContent: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read' },
  beginAgain: { who: ['citizen'], may: owner, acting: 'fill' },
  getNotice: {
    who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read', counter: FILING,
  },
  printReceipt: {
    who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read', counter: FILING,
  },
  actOnCase: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'file' },
  rateCase: { who: ['citizen'], may: owner, acting: 'file', actingKinds: HOLDERS, counter: RATING },
  getRating: {
    who: ['citizen'], may: owner, acting: 'read', actingKinds: HOLDERS, counter: RATING,
  },
  replyRectification: { who: ['citizen'], may: owner, acting: 'file', actingKinds: HOLDERS },
  listRectifications: { who: HANDLING },
  getRectification: { who: HANDLING, may: anyOf(rated, supervising) },
  actOnRectification: { who: HANDLING, may: anyOf(rated, supervising) },
  getPublicStats: { who: ['anyone'], acting: 'read', counter: RATING },
  listSlots: { who: ['anyone'], acting: 'read' },
  listBookings: { who: ['citizen'] },
  makeBooking: { who: ['citizen'] },
  cancelBooking: { who: ['citizen'], may: owner },
  getResult: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read' },
  printResult: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read' },
  actOnResult: { who: ['department'], may: inDepartment },
  listDocuments: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read' },
  printDocument: { who: ['citizen', 'window'], may: anyOf(owner, atWindow), acting: 'read' },
  createTicket: { who: ['citizen'], may: owner, acting: 'fill' },
  listTickets: { who: ['citizen'], acting: 'read' },
  getTicket: {
    who: ['citizen', 'window', 'department', 'supervisor'],
    may: anyOf(owner, atWindow, inDepartment, supervising),
    acting: 'read',
  },
  writeOnTicket: {
    who: ['citizen', 'window', 'department'], may: anyOf(owner, atWindow, inDepartment),
    acting: 'fill',
  },
  actOnTicket: {
    who: ['citizen', 'window', 'department'], may: anyOf(owner, atWindow, inDepartment),
    acting: 'file',
  },
  listDeskTickets: { who: HANDLING },

  listMandates: { who: ['citizen'] },
  listProvable: { who: ['citizen'] },
  addProved: { who: ['citizen'] },
  offerMandate: { who: ['citizen'] },
  openMandateCode: { who: ['citizen'] },
  takeMandateCode: { who: ['citizen'] },
  revokeMandate: { who: ['citizen'], may: side },

  listMessages: { who: ['citizen'], acting: 'read', actingKinds: HOLDERS },
  readMessage: { who: ['citizen'], may: owner, acting: 'read', actingKinds: HOLDERS },

  openFiling: { who: ['window'], may: atWindow },
  listFilings: { who: ['window'] },
  openRating: { who: ['window'], may: atWindow },
  getCounter: { who: ['citizen'], counter: COUNTER_PURPOSES },
  moveToPhone: { who: ['citizen'], counter: FILING },

  staffSignIn: { who: ['anyone'] },
  getStaffMe: { who: STAFF_ROLES },
  listDeskCases: { who: ['window', 'supervisor'] },
  countDeskCases: { who: ['window', 'supervisor'] },
  countTasks: { who: ['department'] },
  listTasks: { who: ['department'] },
  getTask: { who: ['department'], may: inDepartment },
  actOnTask: { who: ['department'], may: inDepartment },
  outsideFeedback: { who: ['outside'], may: inDepartment },

  listLetters: { who: ['department'] },
  reviveLetters: { who: ['department'], may: headsDepartment },
  listContacts: { who: HANDLING },
  saveContacts: { who: ['supervisor'], may: supervising },
  exportContacts: { who: ['department', 'supervisor'] },
  importContacts: { who: ['supervisor'] },
  listContactScopes: { who: ['department', 'supervisor'] },
  addContact: { who: ['department', 'supervisor'], may: keepsContacts },
  actOnContact: { who: ['department', 'supervisor'], may: keepsContacts },
  listSignals: { who: ['department', 'supervisor'] },
  getSignal: { who: ['department', 'supervisor'], may: anyOf(inDepartment, supervising) },
  actOnSignal: { who: ['department', 'supervisor'], may: anyOf(inDepartment, supervising) },
  listOverdue: { who: ['department', 'supervisor'] },
  exportOverdue: { who: ['department', 'supervisor'] },
  getFigures: { who: ['supervisor'] },
  exportFigures: { who: ['supervisor'] },

  // Three administrators apart; no policy of theirs has a subject: they see no case.
  listLanes: { who: ['system-admin'] },
  listDeliveries: { who: ['system-admin'] },
  reviveDelivery: { who: ['system-admin'] },
  reviveDeliveries: { who: ['system-admin'] },
  getSystemHealth: { who: ['system-admin'] },
  listUnits: { who: ['security-admin'] },
  listAccounts: { who: ['security-admin'] },
  createAccount: { who: ['security-admin'] },
  actOnAccount: { who: ['security-admin'] },
  readAudit: { who: ['audit-admin'] },

  // In a training room only. Whoever looks after the room fills it; no desk has a button more.
  listTrainingAccounts: { who: ['anyone'] },
  makePractice: { who: ['system-admin'] },

  listCatalogue: { who: ['editor', 'publisher'] },
  listTopicVersions: { who: ['editor', 'publisher'], may: catalogueHand },
  openCatalogueDraft: { who: ['editor'], may: catalogueHand },
  getCatalogueDraft: { who: ['editor', 'publisher'], may: catalogueHand },
  saveCatalogueDraft: { who: ['editor'], may: catalogueHand },
  actOnCatalogueDraft: { who: ['editor', 'publisher'], may: catalogueHand },
  rehearseCatalogueDraft: { who: ['editor', 'publisher'], may: catalogueHand },
}
