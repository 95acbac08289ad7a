/** The systems outside our house, one adapter each. An adapter throws Refused OUTSIDE_DOWN. */
import type { SharedCertificate } from '@core/contract/session'
import type { OutsideCancel, OutsideTask } from '@core/contract/outside'

export interface Outside {
  /** code2session: a stable id of the person in WeChat. */
  wechat: { openIdOf(code: string): Promise<string> }
  /** 统一身份认证: does this name belong to this ID number? Says also what it may share. */
  identity: {
    check(person: { name: string; idNumber: string }): Promise<
      { match: false } | { match: true; data: Readonly<Record<string, string>> }
    >
  }
  /** 电子证照 / 数据共享: certificates of the person, with consent, for a named purpose. */
  certificates: {
    of(person: { name: string; idNumber: string }, purpose: string): Promise<SharedCertificate[]>
  }
  sms: { send(phone: string, text: string): Promise<void> }
  departments: {
    /** undefined when the department works in our workbench instead of its own system */
    has(departmentId: string): boolean
    send(departmentId: string, message: OutsideTask | OutsideCancel): Promise<void>
    /** shared secret of an incoming signature */
    secretOf(keyId: string): { department: string; secret: string } | undefined
  }
}
