/**
 * Who may do what: written by hand from design.md and the statements S16–S23 of quality.md, not
 * from server/policies.ts. A cell that is not listed is refused.
 */
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { anyIdNumber } from '../harness'
import { ACTORS, type ActorName, type World } from './world'

export interface Row {
  operation: string
  /** which object it is about, where there are several */
  about?: string
  pass: readonly ActorName[]
  call(world: World, actor: ActorName): InjectOptions
  /** the same call about something that does not exist */
  missing?(): InjectOptions
  /** who passes reads personal data: that is what the call is for */
  reveals?: true
  /** whose it is, where it is not the owner's */
  whose?: 'stranger'
}

/** A bad credential is refused everywhere, also where none is needed. */
const ANYONE = ACTORS.filter((name) =>
  name !== 'expired' && name !== 'forged system' && name !== 'ex-agent')
/** A session of the window opens what its one filing or rating is shown with. */
const COUNTERS = ['counter', 'counter of another topic', 'counter for rating'] as const
const FILING = ['counter', 'counter of another topic'] as const
const ELSEWHERE_TOO = ANYONE.filter((name) => !name.startsWith('counter'))
/** Coming in is for oneself. */
const ARRIVING = ELSEWHERE_TOO.filter((name) => !name.startsWith('agent'))
const CITIZENS = ['owner', 'stranger', 'unverified'] as const
/** Who acts for the owner in the topic of their cases: so far, and further. */
const READS = ['agent', 'agent who fills'] as const
const FILES = ['agent'] as const
/** Whoever acts for somebody, in whatever topic. */
const ACTING = [...READS, 'agent of another topic', 'agent of another client'] as const
const ELSE = 'agent of another client'
const HERE = ['window', 'window of the prefecture'] as const
const DEPARTMENT = ['department', 'department of the prefecture'] as const
const SUPERVISION = ['supervisor', 'supervisor of the prefecture'] as const
const ALL_WINDOWS = [...HERE, 'window elsewhere'] as const
const ALL_SUPERVISORS = [...SUPERVISION, 'supervisor elsewhere'] as const
const ALL_DEPARTMENTS = [
  ...DEPARTMENT, 'department elsewhere', 'waiting department', 'department without task',
] as const
const CATALOGUE = ['editor', 'editor elsewhere', 'publisher'] as const
const ADMINS = ['system-admin', 'security-admin', 'audit-admin'] as const
/** Who handles cases, and who anyhow has an account. */
const STAFF = [...ALL_WINDOWS, ...ALL_DEPARTMENTS, ...ALL_SUPERVISORS]
const ALL_STAFF = [...STAFF, ...CATALOGUE, ...ADMINS]

const get = (url: string): InjectOptions => ({ method: 'GET', url })
const post = (url: string, payload?: object): InjectOptions => ({ method: 'POST', url, payload })
const asked = <T extends object>(body: T) => ({ requestId: randomUUID(), ...body })
const nobody = () => randomUUID()

/** A route without an object: everybody gets at most their own. */
function plain(
  operation: string,
  pass: readonly ActorName[],
  call: Row['call'],
): Row {
  return { operation, pass, call }
}

interface Of<Id> {
  about: string
  pass: readonly ActorName[]
  id(world: World): Id
  none(): Id
}

/** A route about an object, called with its id and with an id of nothing. */
function about<Id>(
  operation: string,
  of: Of<Id>,
  call: (id: Id) => InjectOptions,
): Row {
  return {
    operation, about: of.about, pass: of.pass,
    call: (world) => call(of.id(world)),
    missing: () => call(of.none()),
  }
}

function uploads(of: Of<string>): Row[] {
  return [
    about('getUpload', of, (id) => get(`/v1/materials/${id}`)),
    about('finishUpload', of, (id) => post(`/v1/materials/${id}/finish`)),
    about('putChunk', of, (id) => ({
      method: 'PUT', url: `/v1/materials/${id}/chunks/0`, payload: Buffer.alloc(10),
      headers: { 'content-type': 'application/octet-stream' },
    })),
  ]
}

const reveals = (row: Row): Row => ({ ...row, reveals: true })

const draft = ({ handling }: World) => ({
  requestId: nobody(), topicVersion: handling.topic.version, regionCode: null,
  answers: {}, form: {}, materials: {}, page: 'guide',
})

const OPEN: Row[] = [
  plain('getHome', ANYONE, () => get('/v1/home')),
  plain('listTopics', ANYONE, () => get('/v1/topics')),
  plain('findTopics', [...ELSEWHERE_TOO, ...FILING], () => get(`/v1/find?q=${encodeURIComponent('孩子')}`)),
  plain('getLife', ELSEWHERE_TOO, () => get('/v1/life')),
  plain('getTopic', ANYONE, ({ handling }) => get(`/v1/topics/${handling.topic.id}`)),
  plain('printGuide', [...ELSEWHERE_TOO, ...FILING],
    ({ handling }) => get(`/v1/topics/${handling.topic.id}/guide.pdf`)),
  plain('listRegions', ANYONE, () => get('/v1/regions')),
  plain('getCalendar', ANYONE, () => get('/v1/calendar')),
  plain('getLanguage', ANYONE, () => get('/v1/language/ug')),
  plain('verifyCode', ELSEWHERE_TOO, ({ result }) => get(`/v1/verify/${result.verifyCode}`)),
  // Systems sign what is JSON.
  plain('verifyFile', ELSEWHERE_TOO.filter((name) => !name.endsWith('system')), () => ({
    method: 'POST', url: '/v1/verify/file', payload: Buffer.from('%PDF-1.7 of somebody else'),
    headers: { 'content-type': 'application/octet-stream' },
  })),
  plain('getPublicStats', [...ELSEWHERE_TOO, 'counter for rating'], () => get('/v1/stats/public')),
  plain('listSlots', ELSEWHERE_TOO, ({ booking }) =>
    get(`/v1/bookings/slots?hall=${booking.hallId}&kind=service`)),
  plain('getHealth', ELSEWHERE_TOO, () => get('/v1/health')),
  plain('getOpenApi', ELSEWHERE_TOO, () => get('/v1/openapi.json')),
  plain('requestOtp', ARRIVING, () => post('/v1/session/otp', { phone: '13900000000' })),
  plain('signIn', ARRIVING, () => post('/v1/session', {
    kind: 'sms', phone: '13900000000', otp: '000000', challenge: 'none',
  })),
  plain('staffSignIn', ARRIVING, () => post('/v1/staff/session', {
    login: 'nobody', password: 'not the password', totp: '000000',
  })),
]

const OWN: Row[] = [
  plain('getMe', CITIZENS, () => get('/v1/me')),
  plain('changeMe', CITIZENS, () => ({ method: 'PUT', url: '/v1/me', payload: { elder: true } })),
  plain('listCertificates', [...CITIZENS, ELSE], () => get('/v1/me/certificates')),
  plain('listCertificates', [...CITIZENS, ...READS, ELSE, 'counter'], ({ handling }) =>
    get(`/v1/me/certificates?topicId=${handling.topic.id}`)),
  plain('getCounter', COUNTERS, () => get('/v1/counter')),
  plain('moveToPhone', ['counter'], (world) => post('/v1/counter/move', {
    draft: { ...draft(world), requestId: world.fresh.submission.requestId },
  })),
  plain('openFiling', HERE, ({ handling }) => post('/v1/desk/filings', asked({
    topicId: handling.topic.id, regionCode: handling.view.regionCode, name: '到场测试',
    idNumber: anyIdNumber(),
  }))),
  plain('listFilings', ALL_WINDOWS, () => get('/v1/desk/filings')),
  plain('getAccessLog', CITIZENS, () => get('/v1/me/access-log')),
  plain('getHoldings', CITIZENS, () => get('/v1/me/holdings')),
  plain('listDevices', CITIZENS, () => get('/v1/me/devices')),
  plain('getPreferences', CITIZENS, () => get('/v1/me/preferences')),
  plain('changePreferences', CITIZENS, () => ({
    method: 'PUT', url: '/v1/me/preferences', payload: { sms: { reminder: true } },
  })),
  plain('consentToWechat', CITIZENS, () =>
    post('/v1/me/wechat-consent', { code: 'any', accepted: ['progress'] })),
  reveals(plain('exportMe', CITIZENS, () => get('/v1/me/export'))),
  // A wrong code, an unknown challenge: the door opens, nothing changes.
  plain('confirmMe', CITIZENS, () => post('/v1/me/confirm', {
    kind: 'sms', otp: '000000', challenge: 'none',
  })),
  plain('changePhone', CITIZENS, () => post('/v1/me/phone', {
    phone: '13900000001', otp: '000000', challenge: 'none',
  })),
  plain('putDraft', [...CITIZENS, ...READS, ELSE], (world) => ({
    method: 'PUT', url: `/v1/drafts/${world.handling.topic.id}`,
    payload: { draft: draft(world), basedOn: 0 },
  })),
  plain('getDraft', [...CITIZENS, ...READS, ELSE], ({ handling }) => get(`/v1/drafts/${handling.topic.id}`)),
  plain('makePickUp', CITIZENS, ({ handling }) => post(`/v1/drafts/${handling.topic.id}/pick-up`)),
  plain('getPickUp', CITIZENS, ({ handling }) => get(`/v1/drafts/${handling.topic.id}/pick-up`)),
  plain('dropPickUp', CITIZENS, ({ handling }) => ({
    method: 'DELETE', url: `/v1/drafts/${handling.topic.id}/pick-up`,
  })),
  plain('deleteDraft', [...CITIZENS, ...FILES, ELSE], ({ handling }) => ({
    method: 'DELETE', url: `/v1/drafts/${handling.topic.id}`,
  })),
  plain('readTable', [...CITIZENS, ...ACTING, ...FILING], () => ({
    method: 'POST', url: '/v1/tables', payload: '姓名\n阿依努尔·样例\n',
    headers: { 'content-type': 'text/csv' },
  })),
  plain('listMaterials', CITIZENS, () => get('/v1/materials')),
  plain('startUpload', [...CITIZENS, ...ACTING, ...FILING], () => post('/v1/materials', {
    sha256: 'a'.repeat(64), size: 1000, name: '照片.jpg',
  })),
  plain('inviteSigners', [...CITIZENS, ...FILES, ELSE, 'counter'], ({
    handling: { submission },
  }) => post('/v1/signings', {
    requestId: nobody(), topicId: submission.topicId, topicVersion: 9_999,
    regionCode: submission.regionCode, answers: {}, form: {},
  })),
  plain('listSigners', [...CITIZENS, ...ACTING, ...FILING], () => get(`/v1/signings?requestId=${nobody()}`)),
  // Of a version there never was: the door opens, the case is not made.
  plain('submitCase', [...CITIZENS, ...FILES, ELSE], ({ handling: { submission } }) => post('/v1/cases', {
    ...submission, requestId: nobody(), topicVersion: 9_999,
    form: {}, materials: {},
  })),
  // The one case of this session was filed, with other content: 409 says that the door was open.
  plain('submitCase', ['owner', ...FILES, 'counter', 'stranger', 'unverified', ELSE], ({ fresh }) =>
    post('/v1/cases', { ...fresh.submission, topicVersion: 9_999, form: {}, materials: {} })),
  plain('listCases', [...CITIZENS, ...ACTING], () => get('/v1/cases')),
  plain('createTicket', [...CITIZENS, ELSE], ({ handling: { submission } }) => post('/v1/tickets', asked({
    kind: 'inquiry', text: '要带什么材料？', regionCode: submission.regionCode, about: {},
  }))),
  plain('listTickets', [...CITIZENS, ...ACTING], () => get('/v1/tickets')),
  plain('listDeskTickets', STAFF, () => get('/v1/desk/tickets')),
  plain('listBookings', CITIZENS, () => get('/v1/bookings')),
  // Of a slot there never was.
  plain('makeBooking', CITIZENS, ({ booking }) => post('/v1/bookings', asked({
    hallId: booking.hallId, windowKind: 'service', slot: '2099-01-01T10:00',
  }))),
  plain('listRectifications', STAFF, () => get('/v1/rectifications')),
  plain('listMandates', CITIZENS, () => get('/v1/mandates')),
  plain('listProvable', CITIZENS, () => get('/v1/mandates/provable')),
  plain('addProved', CITIZENS, () => post('/v1/mandates/proved', {
    kind: 'company', certificateId: 'none', consent: { agent: true },
  })),
  // Nobody has just proved who they are: the door opens, no code is made.
  plain('offerMandate', CITIZENS, () => post('/v1/mandates', {
    kind: 'agent', topics: null, acts: 'read', endsOn: '2027-01-01', consent: true,
  })),
  plain('openMandateCode', CITIZENS, () => post('/v1/mandates/open', { code: 'none' })),
  plain('takeMandateCode', CITIZENS, () => post('/v1/mandates/take', {
    code: 'none', consent: true,
  })),
  plain('listMessages', CITIZENS, () => get('/v1/messages')),
  plain('listDeskCases', [...ALL_WINDOWS, ...ALL_SUPERVISORS], () =>
    get('/v1/desk/cases?state=handling')),
  plain('countDeskCases', [...ALL_WINDOWS, ...ALL_SUPERVISORS], () => get('/v1/desk/counts')),
  plain('listTasks', ALL_DEPARTMENTS, () => get('/v1/tasks')),
  plain('getStaffMe', ALL_STAFF, () => get('/v1/staff/me')),
  plain('countTasks', ALL_DEPARTMENTS, () => get('/v1/tasks/counts')),
  // Nothing of it is there outside a training room (training.test.ts is inside one).
  plain('listTrainingAccounts', [], () => get('/v1/training/accounts')),
  plain('makePractice', [], () => post('/v1/training/cases', asked({}))),
]

const handlingCase = {
  about: 'a case being handled', id: ({ handling }: World) => handling.view.id, none: nobody,
}
const freshCase = {
  about: 'a case just submitted', id: ({ fresh }: World) => fresh.view.id, none: nobody,
}
const startedTask = {
  about: 'a started task', id: ({ tasks }: World) => tasks.started, none: () => `${nobody()}.1`,
}
const waitingTask = {
  ...startedTask, about: 'a waiting task', id: ({ tasks }: World) => tasks.waiting,
}

const finishedCase = {
  about: 'a finished case', id: ({ finished }: World) => finished.view.id, none: nobody,
}
/** The stranger's, in another county: the owner is a stranger here. */
const otherCase = {
  about: 'a case elsewhere', id: ({ elsewhere }: World) => elsewhere.view.id, none: nobody,
}
const THERE = ['window elsewhere', 'window of the prefecture'] as const

const ELSEWHERE: Row[] = [
  about('getCase', {
    ...otherCase,
    pass: [
      'stranger', ELSE, ...THERE, 'department elsewhere', 'department of the prefecture',
      'supervisor elsewhere', 'supervisor of the prefecture',
    ],
  }, (id) => get(`/v1/cases/${id}`)),
  reveals(about('getCaseContent', { ...otherCase, pass: ['stranger', ELSE, ...THERE] },
    (id) => get(`/v1/cases/${id}/content`))),
  about('getNotice', { ...otherCase, pass: ['stranger', ELSE, ...THERE] },
    (id) => get(`/v1/cases/${id}/notice`)),
  reveals(about('beginAgain', { ...otherCase, pass: ['stranger', ELSE] },
    (id) => get(`/v1/cases/${id}/again`))),
  about('getSigningAgain', { ...otherCase, pass: ['stranger', ELSE] },
    (id) => get(`/v1/cases/${id}/signing`)),
  about('inviteAgain', { ...otherCase, pass: ['stranger', ELSE] },
    (id) => post(`/v1/cases/${id}/signing`, { form: {} })),
  about('printReceipt', { ...otherCase, pass: ['stranger', ELSE, ...THERE] },
    (id) => get(`/v1/cases/${id}/receipt.pdf`)),
  about('getRating', { ...otherCase, pass: ['stranger'] }, (id) => get(`/v1/cases/${id}/ratings`)),
  about('rateCase', { ...otherCase, pass: ['stranger'] },
    (id) => post(`/v1/cases/${id}/ratings`, asked({ stars: 1 }))),
  about('actOnCase', { ...otherCase, pass: ['stranger', ELSE, ...THERE] },
    (id) => post(`/v1/cases/${id}/actions`, asked({ do: 'confirm-receipt' }))),
  reveals(about('getTask', {
    about: 'a task elsewhere', id: ({ elsewhere }) => `${elsewhere.view.id}.1`,
    none: () => `${nobody()}.1`, pass: ['department elsewhere', 'department of the prefecture'],
  }, (id) => get(`/v1/tasks/${id}`))),
  about('getMaterialFile', {
    about: 'a photo elsewhere', id: ({ photos }) => photos.elsewhere, none: nobody,
    pass: [
      'stranger', ELSE, ...THERE, 'department elsewhere', 'department of the prefecture', 'system',
    ],
  }, (id) => get(`/v1/materials/${id}/file`)),
  ...uploads({
    about: 'a photo elsewhere', id: ({ photos }: World) => photos.elsewhere, none: nobody,
    pass: ['stranger', ELSE],
  }),
].map((row): Row => ({ ...row, whose: 'stranger' }))

const filedIn = (one: object) => (one === freshCase ? ['counter'] as const : [])
const ratedIn = (one: object) => (one === finishedCase ? ['counter for rating'] as const : [])

const CASES: Row[] = [
  // Rated already: 409 says that the door was open.
  about('openRating', { ...finishedCase, pass: HERE },
    (id) => post(`/v1/desk/cases/${id}/rating`, asked({}))),
  about('getCase', { ...handlingCase, pass: ['owner', ...READS, ...HERE, ...DEPARTMENT, ...SUPERVISION] },
    (id) => get(`/v1/cases/${id}`)),
  about('getCase', { ...freshCase, pass: ['owner', 'counter', ...READS, ...HERE, ...SUPERVISION] },
    (id) => get(`/v1/cases/${id}`)),
  about('getCase', {
    ...finishedCase,
    pass: [
      'owner', 'counter for rating', ...READS, ...HERE, ...DEPARTMENT, 'waiting department',
      ...SUPERVISION,
    ],
  }, (id) => get(`/v1/cases/${id}`)),
  ...[handlingCase, freshCase, finishedCase].flatMap((one) => [
    reveals(about('getCaseContent', { ...one, pass: ['owner', ...READS, ...HERE] },
      (id) => get(`/v1/cases/${id}/content`))),
    about('getNotice', { ...one, pass: ['owner', ...READS, ...HERE, ...filedIn(one)] },
      (id) => get(`/v1/cases/${id}/notice`)),
    reveals(about('beginAgain', { ...one, pass: ['owner', ...READS] },
      (id) => get(`/v1/cases/${id}/again`))),
    about('getSigningAgain', { ...one, pass: ['owner', ...READS] },
      (id) => get(`/v1/cases/${id}/signing`)),
    // Nothing is to be corrected: 409 says that the door was open.
    about('inviteAgain', { ...one, pass: ['owner', ...FILES] },
      (id) => post(`/v1/cases/${id}/signing`, { form: {} })),
    about('printReceipt', { ...one, pass: ['owner', ...READS, ...HERE, ...filedIn(one)] },
      (id) => get(`/v1/cases/${id}/receipt.pdf`)),
    about('listDocuments', { ...one, pass: ['owner', ...READS, ...HERE] },
      (id) => get(`/v1/cases/${id}/documents`)),
    about('getRating', { ...one, pass: ['owner', ...ratedIn(one)] }, (id) => get(`/v1/cases/${id}/ratings`)),
    about('rateCase', { ...one, pass: ['owner', ...ratedIn(one)] },
      (id) => post(`/v1/cases/${id}/ratings`, asked({ stars: 1 }))),
    // Not possible in this state: 409 says that the door was open.
    about('actOnCase', { ...one, pass: ['owner', ...FILES, ...HERE] },
      (id) => post(`/v1/cases/${id}/actions`, asked({ do: 'confirm-receipt' }))),
  ]),
  reveals(about('getTask', { ...startedTask, pass: DEPARTMENT }, (id) => get(`/v1/tasks/${id}`))),
  about('getTask', { ...waitingTask, pass: [] }, (id) => get(`/v1/tasks/${id}`)),
  about('actOnTask', { ...startedTask, pass: DEPARTMENT },
    (id) => post(`/v1/tasks/${id}/actions`, asked({ do: 'resume' }))),
  about('actOnTask', { ...waitingTask, pass: [] },
    (id) => post(`/v1/tasks/${id}/actions`, asked({ do: 'receive' }))),
  about('outsideFeedback', { ...startedTask, pass: ['system'] },
    (id) => post(`/v1/outside/tasks/${id}/feedback`, asked({ do: 'resume' }))),
  about('outsideFeedback', { ...waitingTask, pass: [] },
    (id) => post(`/v1/outside/tasks/${id}/feedback`, asked({ do: 'receive' }))),
  reveals(about('getResult', {
    about: 'a result', pass: ['owner', ...READS, ...HERE], id: ({ result }) => result.id, none: nobody,
  }, (id) => get(`/v1/results/${id}`))),
  about('printResult', {
    about: 'a result', pass: ['owner', ...READS, ...HERE], id: ({ result }) => result.id, none: nobody,
  }, (id) => get(`/v1/results/${id}/result.pdf`)),
  about('printDocument', { ...handlingCase, pass: ['owner', ...READS, ...HERE] },
    (id) => get(`/v1/cases/${id}/documents/acceptance-2.pdf`)),
  // The first takes it back; whoever comes after is told 409: the door was open.
  about('actOnResult', {
    about: 'a result', pass: DEPARTMENT, id: ({ result }) => result.id, none: nobody,
  }, (id) => post(`/v1/results/${id}/actions`, asked({ do: 'revoke', reason: '发现登记有误' }))),
  about('readMessage', {
    about: 'a message', pass: ['owner'], id: ({ messageId }) => messageId, none: nobody,
  }, (id) => post(`/v1/messages/${id}/read`)),
]

const ticket = (kind: keyof World['tickets']) => ({
  about: kind === 'sent' ? 'a ticket at a department' : 'a ticket at the window',
  id: ({ tickets }: World) => tickets[kind], none: nobody,
})
// Whoever has it reads whom to call. What cannot be done now is 409: the door was open.
const TICKETS: Row[] = (['fresh', 'sent'] as const).flatMap((kind) => {
  const hands = ['owner', ...READS, ...HERE, ...(kind === 'sent' ? DEPARTMENT : [])] as const
  return [
    reveals(about('getTicket', { ...ticket(kind), pass: [...hands, ...SUPERVISION] },
      (id) => get(`/v1/tickets/${id}`))),
    reveals(about('actOnTicket', {
      ...ticket(kind), pass: hands.filter((name) => name !== 'agent who fills'),
    },
      (id) => post(`/v1/tickets/${id}/actions`, asked({ do: 'confirm' })))),
    reveals(about('writeOnTicket', { ...ticket(kind), pass: hands },
      (id) => post(`/v1/tickets/${id}/messages`, asked({ text: '补充一句' })))),
  ]
})
/** Low ratings: the window answers for the case, the department for its item. */
const LOW: Row[] = [
  {
    about: 'a low rating of a case', id: ({ rectifications }: World) => rectifications.whole,
    none: nobody, pass: [...HERE, ...SUPERVISION],
  },
  {
    about: 'a low rating of an item', id: ({ rectifications }: World) => rectifications.item,
    none: nobody, pass: [...DEPARTMENT, ...SUPERVISION],
  },
].flatMap((one) => [
  about('getRectification', one, (id) => get(`/v1/rectifications/${id}`)),
  // Not possible in this state: 409 says that the door was open.
  about('actOnRectification', one,
    (id) => post(`/v1/rectifications/${id}/actions`, asked({ do: 'return', note: '请再核实' }))),
  about('replyRectification', { ...one, pass: ['owner'] },
    (id) => post(`/v1/rectifications/${id}/reply`, asked({ do: 'satisfied' }))),
])

const MANDATES: Row[] = [
  about('revokeMandate', {
    about: 'a mandate', pass: ['owner'], id: ({ mandateId }) => mandateId, none: nobody,
  }, (id) => post(`/v1/mandates/${id}/revoke`)),
]

const BOOKINGS: Row[] = [
  about('cancelBooking', {
    about: 'a booking', pass: ['owner'], id: ({ booking }) => booking.id, none: nobody,
  }, (id) => ({ method: 'DELETE', url: `/v1/bookings/${id}` })),
]

/** The stranger asked the owner: who asks cannot answer. */
const invitation = {
  about: 'an invitation to the owner', pass: ['owner'] as const,
  id: ({ invitationCode }: World) => invitationCode, none: () => 'A'.repeat(43),
}
const SIGNATURE = { strokes: [[[1, 1], [2, 2]]], ratio: 2 }
const SIGNINGS: Row[] = [
  reveals(about('getSigning', invitation, (code) => get(`/v1/signings/${code}`))),
  // Something else than was seen: 409 says that the door was open.
  about('signSigning', invitation, (code) => post(`/v1/signings/${code}/sign`, asked({
    seen: '0'.repeat(64), consent: { content: true, sharing: true }, signature: SIGNATURE,
  }))),
  about('declineSigning', invitation,
    (code) => post(`/v1/signings/${code}/decline`, asked({ reason: '不是我' }))),
]

const photo = (kind: keyof World['photos']) => ({
  about: `a ${kind} photo`, id: ({ photos }: World) => photos[kind], none: nobody,
})
const PHOTOS: Row[] = [
  about('getMaterialFile', {
    ...photo('finished'), pass: ['owner', ...READS, ...HERE, 'waiting department', 'waiting system'],
  }, (id) => get(`/v1/materials/${id}/file`)),
  about('getMaterialFile', {
    ...photo('shared'), pass: ['owner', ...READS, ...HERE, ...DEPARTMENT, 'system'],
  }, (id) => get(`/v1/materials/${id}/file`)),
  about('getMaterialFile', { ...photo('kept'), pass: ['owner', ...READS, ...HERE] },
    (id) => get(`/v1/materials/${id}/file`)),
  about('getMaterialFile', { ...photo('loose'), pass: ['owner'] },
    (id) => get(`/v1/materials/${id}/file`)),
  ...uploads({ ...photo('shared'), pass: ['owner', ...FILING] }),
  ...uploads({ ...photo('loose'), pass: ['owner', ...FILING] }),
]

/** 附件2: supervision keeps it, departments read their own, the window a masked one. */
const CONTACTS: Row[] = [
  plain('listContacts', STAFF, () => get('/v1/contacts')),
  plain('exportContacts', [...ALL_DEPARTMENTS, ...ALL_SUPERVISORS], () => get('/v1/contacts.xlsx')),
  plain('saveContacts', SUPERVISION, ({ handling }) => ({
    method: 'PUT', url: '/v1/contacts', payload: asked({
      departmentId: 'tax', regionCode: handling.view.regionCode, contacts: [],
    }),
  })),
  plain('listContactScopes', [...ALL_DEPARTMENTS, ...ALL_SUPERVISORS], () => get('/v1/contacts/scopes')),
  // No number to call, and a line nobody has seen so: 422 and 409 say that the door was open.
  plain('addContact', [...DEPARTMENT, ...SUPERVISION], ({ handling }) => post('/v1/contacts', asked({
    departmentId: 'health', regionCode: handling.view.regionCode,
    contact: { topicId: null, itemId: null, role: 'chief', stage: null, name: '某某', phone: '1' },
  }))),
  about('actOnContact', {
    about: 'a line of the started department', id: ({ contactId }: World) => contactId, none: nobody,
    pass: [...DEPARTMENT, ...SUPERVISION],
  }, (id) => post(`/v1/contacts/${id}/actions`, asked({ do: 'remove', revision: 99 }))),
  plain('importContacts', ALL_SUPERVISORS, () => ({
    method: 'POST', url: '/v1/contacts/import', payload: Buffer.from('no workbook'),
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  })),
]

/** 未送达: what a department's own system did not get. Delivered long ago: 409 to whoever may. */
const LETTERS: Row[] = [
  plain('listLetters', ALL_DEPARTMENTS, () => get('/v1/department/letters')),
  about('reviveLetters', {
    about: 'a letter to the started department', id: ({ letterId }: World) => letterId,
    none: () => 999_999_999, pass: DEPARTMENT,
  }, (id) => post('/v1/department/letters/revive', asked({ reason: '系统已恢复', ids: [id] }))),
]

/** 电子监察: of what a department is late with, and of what is counted. */
const aSignal = {
  about: 'a signal', id: ({ signalId }: World) => signalId, none: nobody,
  pass: [...DEPARTMENT, ...SUPERVISION],
}
const SUPERVISED: Row[] = [
  plain('listSignals', [...ALL_DEPARTMENTS, ...ALL_SUPERVISORS], () => get('/v1/supervision/signals')),
  plain('listOverdue', [...ALL_DEPARTMENTS, ...ALL_SUPERVISORS], () => get('/v1/supervision/overdue')),
  plain('exportOverdue', [...ALL_DEPARTMENTS, ...ALL_SUPERVISORS],
    () => get('/v1/supervision/overdue.xlsx')),
  plain('getFigures', ALL_SUPERVISORS, () => get('/v1/supervision/figures')),
  plain('exportFigures', ALL_SUPERVISORS, () => get('/v1/supervision/figures.xlsx')),
  about('getSignal', aSignal, (id) => get(`/v1/supervision/signals/${id}`)),
  // A day that is over: 422 says that the door was open; 409 so to a department.
  about('actOnSignal', aSignal, (id) => post(`/v1/supervision/signals/${id}/actions`,
    asked({ do: 'order', note: '请办理', by: '2020-01-01' }))),
]

/** 三员分立: each of the three only what is theirs. */
const ADMINISTERED: Row[] = [
  plain('listLanes', ['system-admin'], () => get('/v1/admin/lanes')),
  plain('listDeliveries', ['system-admin'], () => get('/v1/admin/deliveries?state=dead')),
  // Delivered long ago, and a lane without a dead letter: 409 says that the door was open.
  plain('reviveDelivery', ['system-admin'],
    () => post('/v1/admin/deliveries/1/revive', asked({ reason: '接口已恢复' }))),
  plain('reviveDeliveries', ['system-admin'],
    () => post('/v1/admin/deliveries/revive', asked({ reason: '接口已恢复', lane: 'none' }))),
  plain('getSystemHealth', ['system-admin'], () => get('/v1/admin/health')),
  plain('listUnits', ['security-admin'], () => get('/v1/admin/units')),
  plain('listAccounts', ['security-admin'], () => get('/v1/admin/accounts')),
  // In a county there is not: 422; enabled already: 409.
  plain('createAccount', ['security-admin'], () => post('/v1/admin/accounts', asked({
    reason: '新入职', login: 'nobody-new', name: '新来', role: 'window', region: '999999',
    department: null, duties: null,
  }))),
  plain('actOnAccount', ['security-admin'], ({ accountId }) =>
    post(`/v1/admin/accounts/${accountId}/actions`, asked({ do: 'enable', reason: '复岗' }))),
  plain('readAudit', ['audit-admin'], () => get('/v1/admin/audit')),
]

/** 目录: the departments of a topic and the publishers; who may what to it is 409 or 422. */
const aDraft = {
  about: 'a draft of a topic', id: ({ catalogueDraft }: World) => catalogueDraft.id, none: nobody,
  pass: ['editor', 'publisher'] as const,
}
const aTopic = {
  about: 'a topic of the catalogue', id: ({ catalogueDraft }: World) => catalogueDraft.topicId,
  none: () => 'no-such-topic', pass: ['editor', 'publisher'] as const,
}
const EDITING: Row[] = [
  plain('listCatalogue', CATALOGUE, () => get('/v1/catalogue/topics')),
  about('listTopicVersions', aTopic, (id) => get(`/v1/catalogue/topics/${id}`)),
  about('openCatalogueDraft', { ...aTopic, pass: ['editor'] },
    (topicId) => post('/v1/catalogue/drafts', asked({ topicId }))),
  about('getCatalogueDraft', aDraft, (id) => get(`/v1/catalogue/drafts/${id}`)),
  about('saveCatalogueDraft', { ...aDraft, pass: ['editor'] },
    (id) => post(`/v1/catalogue/drafts/${id}/save`, asked({
      revision: 99, items: [], elements: [], materials: [],
    }))),
  about('actOnCatalogueDraft', aDraft,
    (id) => post(`/v1/catalogue/drafts/${id}/actions`, asked({ do: 'withdraw', revision: 99 }))),
  about('rehearseCatalogueDraft', aDraft, (id) => get(`/v1/catalogue/drafts/${id}/rehearsal`)),
]

/** They change who somebody is, or end a session: last, and in this order. */
const LAST: Row[] = [
  plain('checkIdentity', CITIZENS, ({ citizens }, actor) => {
    const { name, idNumber } = citizens[actor as keyof World['citizens']] ?? citizens.owner
    return post('/v1/me/identity', { name, idNumber })
  }),
  plain('requestConfirm', CITIZENS, () => post('/v1/me/confirm/otp')),
  // From then on what the window had opened for the owner is over too.
  plain('endDevices', CITIZENS, () => ({ method: 'DELETE', url: '/v1/me/devices' })),
  plain('eraseMine', CITIZENS, () => post('/v1/me/erase', { what: 'drafts' })),
  // The owner has open cases, nobody has confirmed: the door opens, the account stays.
  plain('closeAccount', CITIZENS, () => ({ method: 'DELETE', url: '/v1/me' })),
  plain('renewSession', CITIZENS, () => post('/v1/session/renew')),
  plain('signOut', [...CITIZENS, ...ALL_STAFF], () => ({ method: 'DELETE', url: '/v1/session' })),
]

export const TABLE: readonly Row[] = [
  ...OPEN, ...OWN, ...CASES, ...TICKETS, ...ELSEWHERE, ...LOW, ...MANDATES, ...BOOKINGS, ...SIGNINGS,
  ...PHOTOS, ...CONTACTS, ...LETTERS, ...SUPERVISED, ...EDITING, ...ADMINISTERED, ...LAST,
]
