/**
 * Everything we refuse on purpose: wire code → HTTP status and the sentence a person reads.
 * Validation returns problems (a list for the form); refusals throw (a closed door).
 */
export const REFUSALS = {
  MALFORMED: { status: 400, text: '提交的内容格式不对，请检查后再试（编号 {ref}）。' },
  NOT_SIGNED_IN: { status: 401, text: '登录已过期，请重新登录，填写的内容已保留。' },
  WRONG_CODE: { status: 401, text: '验证码不对或已失效，请重新获取。' },
  WRONG_PASSWORD: { status: 401, text: '账号、密码或动态口令不对。' },
  NEW_PASSWORD: { status: 403, text: '这是一次性密码，请同时设置新密码。' },
  WEAK_PASSWORD: { status: 422, text: '新密码太容易猜到：至少 8 位，不用常见密码，不含账号和单位名称，也不能和现在的一样。' },
  BAD_SIGNATURE: { status: 401, text: '签名校验未通过。' },
  NOT_ALLOWED: { status: 403, text: '您没有权限进行这项操作。' },
  MANDATE_ENDED: { status: 403, text: '这份委托已经结束或被撤销，请换回本人。' },
  NOT_WHILE_ACTING: { status: 403, text: '替别人办事时不能做这一步，请先换回本人。' },
  NOT_AT_COUNTER: { status: 403, text: '窗口代办只办这一件事，其他内容请在本人手机上查看。' },
  MANDATE_CODE: { status: 422, text: '代办码不对、已经用过或已过期，请核对，或向对方要新的。' },
  PICK_UP_CODE: { status: 422, text: '接办码不对或者已经失效，请核对，或在手机上重新拿一个。' },
  MANDATE_UNPROVED: { status: 422, text: '电子证照里没有查到能证明这一关系的内容。' },
  MANDATE_TERM: { status: 422, text: '委托的结束日期不对，最晚只能到 {latest}。' },
  IDENTITY_REQUIRED: { status: 403, text: '请先完成实名核验。' },
  IDENTITY_MISMATCH: { status: 422, text: '姓名和身份证号对不上，请核对后再试。' },
  CONFIRM_REQUIRED: { status: 403, text: '请先用短信验证码确认是您本人操作。' },
  PHONE_TAKEN: { status: 409, text: '这个手机号已有另一个账户，请换一个号码，或先用它登录并注销那个账户。' },
  CASES_OPEN: { status: 409, text: '还有 {count} 个办件没有办完，办完或撤回后才能注销账户。' },
  NOT_FOUND: { status: 404, text: '没有找到这项内容，可能已被撤回或链接有误。' },
  ACTION_NOT_ALLOWED: { status: 409, text: '办件的状态刚有变化，请刷新后再操作。' },
  TAKEN: { status: 409, text: '{by}已在 {time} 办了这一步，页面已刷新。' },
  TWO_PEOPLE: { status: 409, text: '这一事项要由两个人分别审核和审批，请先提交审核意见。' },
  SAME_PERSON: { status: 403, text: '审核人不能审批自己审核的事项，请由另一位同事审批。' },
  NOT_PROPOSED: { status: 409, text: '审批的决定和审核意见不一致，请先退回重新审核。' },
  NOT_EXTENDABLE: { status: 409, text: '这个事项现在不能延期：依据的法律没有规定、已经延过一次、已经超期，或者天数超过 {days} 个工作日。' },
  OWN_CASE: { status: 403, text: '这个办件涉及您本人或者亲属，依法应当回避，请交给同事办理。' },
  CATALOGUE_CHANGED: { status: 409, text: '办事要求刚刚更新，请核对标出的内容后再提交。' },
  EDITED_MEANWHILE: { status: 409, text: '{by}在 {time} 改过这里，请先看看改了什么。' },
  BASE_MOVED: { status: 409, text: '编辑期间这个主题发布了新版本，请先更新底稿再继续。' },
  DRAFT_FAULTY: { status: 422, text: '核验还有 {count} 处问题，改好以后才能继续。' },
  NOTHING_CHANGED: { status: 422, text: '和现行版本没有差别，没有可以发布的内容。' },
  DRAFT_OF_THEIR_OWN: { status: 409, text: '申请人手机上另有一份没提交的，不能换掉它。请在这里办完，或请申请人先在手机上提交或删除那一份。' },
  REQUEST_REUSED: { status: 409, text: '这次提交和之前的内容不一致，请返回检查后重新提交。' },
  DRAFT_CONFLICT: { status: 409, text: '您在另一台设备上改过这份草稿，请选择保留哪一份。' },
  ALREADY_RATED: { status: 409, text: '这个办件您已经评价过了，谢谢。' },
  RATING_OVER: { status: 409, text: '办结超过 {days} 天，不能再评价了。有意见可以打 12345。' },
  SLOT_FULL: { status: 409, text: '这个时段刚刚约满，请另选一个。' },
  SLOT_GONE: { status: 409, text: '这个时段不能预约了，请另选一个。' },
  ALREADY_BOOKED: { status: 409, text: '您当天在这个大厅已有预约，取消后才能另约。' },
  CHUNK_MISMATCH: { status: 409, text: '照片没有传完整，请重试。' },
  TOO_LARGE: { status: 413, text: '文件太大，每份不能超过 10 MB。' },
  FORM_PROBLEMS: { status: 422, text: '还有 {count} 处需要修改。' },
  PLAN_STOPPED: { status: 422, text: '按您的情况，这件事不能在这里直接办理。' },
  OUTSIDE_NOTICE: { status: 422, text: '告知单以外的内容不能要求申请人补正；确有法定理由请先登记。' },
  REASON_REQUIRED: { status: 422, text: '请写明理由。' },
  TABLE_TOO_LARGE: { status: 413, text: '名单文件不能超过 1 MB，请只留名单这一张表再试。' },
  TABLE_TOO_LONG: { status: 422, text: '一次最多 {most} 行，请分几次办理。' },
  BAD_TABLE: { status: 422, text: '读不出这个文件。请用 Excel 另存为 xlsx 或 CSV 再试。' },
  BAD_FILE: { status: 422, text: '这个文件不能使用，请上传清晰的照片或 PDF。' },
  HEIC_UNSUPPORTED: { status: 422, text: '暂不支持 HEIC 照片，请在相机设置里改为“兼容性最佳”，或换一张 JPG 照片。' },
  TOO_MANY_PIXELS: { status: 422, text: '照片尺寸过大，请用普通相机模式重拍。' },
  TOO_MANY_FILES: { status: 422, text: '照片数量已到上限。' },
  TOO_MANY_REQUESTS: { status: 429, text: '操作太频繁，请 {seconds} 秒后再试。' },
  INTERNAL: { status: 500, text: '系统繁忙，您填写的内容已保留，请稍后再试（编号 {ref}）。' },
  UNAVAILABLE: { status: 503, text: '系统正在维护，您填写的内容已保留，请稍后再试。' },
  OUTSIDE_DOWN: { status: 503, text: '对方系统暂时没有回应，请稍后再试，您填写的内容已保留。' },
  OFFLINE: { status: 0, text: '现在没有网络，内容已存在手机上，联网后会自动保存。' },
  TIMEOUT: { status: 0, text: '网络太慢，请稍后再试，您填写的内容已保留。' },
} as const

export type RefusalCode = keyof typeof REFUSALS
export type RefusalDetail = Readonly<Record<string, unknown>>

/** What goes over the wire, and what the app shows. */
export interface Refusal {
  code: RefusalCode
  detail: RefusalDetail
}

/** Thrown to refuse on purpose; the server turns it into its status, the phone into a sentence. */
export class Refused extends Error {
  constructor(readonly code: RefusalCode, readonly detail: RefusalDetail = {}) {
    super(code)
    this.name = 'Refused'
  }
}

/** The sentence of a refusal, with its details filled in; unknown codes read as INTERNAL. */
export function say({ code, detail }: Refusal): string {
  const { text } = REFUSALS[code] ?? REFUSALS.INTERNAL
  return text.replace(/（编号 \{ref\}）|\{(\w+)\}/g, (whole, name: string | undefined) => {
    const value = detail[name ?? 'ref']
    if (value === undefined) return ''
    return name ? String(value) : whole.replace('{ref}', String(value))
  })
}
