/** The systems outside our house, one adapter each. An adapter throws Refused OUTSIDE_DOWN. */
import type { SharedCertificate } from '@core/contract/session'
import type { OutsideCancel, OutsideTask } from '@core/contract/outside'
import type { Config } from '../config'
import type { Log } from '../log'
import { certificates } from './certificates'
import { departments } from './departments'
import type { Line } from './http'
import { identity } from './identity'
import { sms } from './sms'
import { type WechatMessage, type WechatOutcome, wechat } from './wechat'

export interface Outside {
  wechat: {
    /** code2session: a stable id of the person in WeChat. Throws WRONG_CODE for a bad code. */
    openIdOf(code: string): Promise<string>
    /** 订阅消息 to somebody who allowed one of this template */
    notify(openId: string, message: WechatMessage): Promise<WechatOutcome>
  }
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
    /** false when the department works in our workbench instead of its own system */
    has(departmentId: string): boolean
    send(departmentId: string, message: OutsideTask | OutsideCancel): Promise<void>
    /** shared secret of an incoming signature */
    secretOf(keyId: string): { department: string; secret: string } | undefined
  }
}

type Settings = Pick<Config, 'identity' | 'certificate' | 'sms' | 'departments'>
  & { wechat: Omit<Config['wechat'], 'templates'> } & Partial<Pick<Config, 'training'>>

interface Rim {
  now: () => Date
  /** of signatures: 16 to 64 letters, digits, `_` or `-`; a UUID will do */
  newNonce: () => string
  log: Log
  timeoutMs?: number
}

const TIMEOUT_MS = 5_000

export function makeOutside(config: Settings, rim: Rim): Outside {
  const { now, newNonce, log, timeoutMs = TIMEOUT_MS } = rim
  const systems = [config.wechat, config.identity, config.certificate, config.sms]
  const hosts = new Set([...systems, ...config.departments].map(({ url }) => new URL(url).host))
  const line = (system: string): Line => ({ system, hosts, timeoutMs, now, newNonce, log })
  return {
    wechat: wechat(line('wechat'), config.wechat),
    identity: identity(line('identity'), config.identity),
    certificates: certificates(line('certificates'), config.certificate),
    sms: sms(line('sms'), { ...config.sms, mark: config.training ? '【培训】' : '' }),
    departments: departments(line('departments'), config.departments),
  }
}
