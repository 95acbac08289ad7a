/**
 * 我的信息: every kind of personal data we hold, why, by which law, how long, and what closing the
 * account does to it. The page shows it, the export is filed by it, closing is tested against it.
 */
export interface Holding {
  title: string
  what: string
  why: string
  /** what lets us hold it */
  law: string
  kept: string
  /** calendar days after its last change; null where no fixed number of days ends it */
  days: number | null
  onClosing: 'erased' | 'kept'
  /** which of it, where closing does not treat all of it alike */
  closingPart?: string
}

const DUTY = '《个人信息保护法》第十三条第一款第三项（履行法定职责所必需）'
const CONSENT = '《个人信息保护法》第十三条第一款第一项（您的同意）'

export const HOLDINGS = {
  account: {
    title: '账户', what: '手机号、微信登录标识、所在县市、是否用长辈版',
    why: '登录和接收通知', law: CONSENT, kept: '直到您注销账户', days: null, onClosing: 'erased',
  },
  identity: {
    title: '实名信息', what: '姓名、身份证号', why: '核对是您本人，别人不能冒用您的名义办事',
    law: DUTY, kept: '直到您注销账户', days: null, onClosing: 'erased',
  },
  devices: {
    title: '登录的设备', what: '设备种类、登录时间、最近使用时间，不记录位置',
    why: '保持登录，让您能发现不是自己的设备', law: CONSENT,
    kept: '最长 12 小时，到时自动退出', days: 1, onClosing: 'erased',
  },
  drafts: {
    title: '草稿', what: '没有提交的申请', why: '您下次可以接着填', law: CONSENT,
    kept: '最后一次修改后 60 天，到期自动删除', days: 60, onClosing: 'erased',
  },
  photos: {
    title: '照片和文件', what: '您上传的材料', why: '作为申请材料交给办理部门', law: DUTY,
    kept: '已用于办件的随办件保存，没有用的直到您删除', days: null, onClosing: 'erased',
    closingPart: '没有用于办件的照片和文件',
  },
  cases: {
    title: '办件', what: '提交的申请内容、用到的材料、办理过程和结果',
    why: '办理您申请的事项，以后可以查、可以复议',
    law: `${DUTY}；《国务院关于在线政务服务的若干规定》第十二条（电子归档）`,
    kept: '按每个事项的档案保管期限', days: null, onClosing: 'kept',
  },
  signings: {
    title: '签名邀请', what: '您邀请别人签名的申请，您为别人的申请签的名',
    why: '让该签名的人都签上名', law: DUTY,
    kept: '没有提交的 60 天，已签的随那个办件保存', days: null, onClosing: 'kept',
    closingPart: '已经签好的名',
  },
  mandates: {
    title: '委托', what: '您帮谁办、谁帮您办，范围和起止日期，双方什么时候同意的',
    why: '确认代办的人有您的授权，出了问题能查清', law: `${CONSENT}；${DUTY}`,
    kept: '结束后随办理记录保存，不能修改', days: null, onClosing: 'kept',
    closingPart: '已经结束的委托记录（注销时，没有结束的全部结束）',
  },
  tickets: {
    title: '求助', what: '您提的咨询、帮办代办、办不成事，和我们的答复',
    why: '答复您，答复不好的要逐级上报', law: DUTY, kept: '随办理记录保存，不能修改', days: null,
    onClosing: 'kept',
  },
  messages: {
    title: '消息', what: '我们发给您的通知', why: '告诉您办件走到哪一步', law: DUTY,
    kept: '直到您注销账户', days: null, onClosing: 'erased',
  },
  preferences: {
    title: '通知设置', what: '哪些消息发短信', why: '按您的意思通知您', law: CONSENT,
    kept: '直到您注销账户', days: null, onClosing: 'erased',
  },
  bookings: {
    title: '预约', what: '您约的大厅、窗口和时间，为哪件事约的',
    why: '给您留号、提醒您', law: CONSENT, kept: '直到您注销账户', days: null, onClosing: 'erased',
  },
  ratings: {
    title: '评价', what: '您给办件和事项的评价，差评的整改经过', why: '监督办理质量，差评要整改',
    law: '《国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见》（国办发〔2019〕51号）',
    kept: '随办件保存', days: null, onClosing: 'kept',
  },
  'access-log': {
    title: '访问记录', what: '谁在什么时候、为什么看过或改过您的信息',
    why: '您可以监督，出了问题能查清', law: '《网络安全法》关于网络日志留存不少于六个月的规定',
    kept: '不少于六个月，任何人不能修改', days: null, onClosing: 'kept',
  },
} as const satisfies Record<string, Holding>

export type HoldingKind = keyof typeof HOLDINGS
export const HOLDING_KINDS = Object.keys(HOLDINGS) as HoldingKind[] // keys of a const object

/** Said before closing: what goes, and what the law keeps. */
export function closingWords(): Record<Holding['onClosing'], readonly string[]> {
  const all: readonly Holding[] = Object.values(HOLDINGS)
  const of = (fate: Holding['onClosing']) => all
    .filter(({ onClosing }) => onClosing === fate)
    .map(({ title, closingPart }) => closingPart ?? title)
  return { erased: of('erased'), kept: of('kept') }
}
