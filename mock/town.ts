/** Everything outside our platform, started together: what a demonstration or a journey needs. */
import { randomBytes } from 'node:crypto'
import accounts from '../server/demo-accounts.json'
import { readCatalogue } from './catalogue'
import { startCertificates } from './certificates'
import { startClerk } from './clerk'
import { startDepartment } from './department'
import { startIdentity } from './identity'
import { demoPeople } from './people'
import type { DemoPerson } from './people/person'
import type { Service } from './service'
import { startSms } from './sms'
import { startWechat } from './wechat'

export interface TownOptions {
  /** of the platform, which may start later */
  serverUrl: string
  /** folder of the catalogue */
  catalogue: string
  /** how long each step of a department or of the counter takes */
  stepSeconds: number
  /** calendar day in Asia/Shanghai; demo babies are born shortly before */
  today: string
  /** secrets by the names of the platform's settings; made up where absent */
  secrets?: Readonly<Record<string, string | undefined>>
  /** false: no robot at the counter */
  clerk?: boolean
}

export interface Town {
  /** settings for the platform: addresses and secrets by the names `readConfig` reads */
  env: Record<string, string>
  people: readonly DemoPerson[]
  sms: string
  /** by department id */
  departments: Record<string, string>
  /** undefined without the robot */
  clerk: string | undefined
  close(): Promise<void>
}

const APP_ID = 'wx0000000000000demo'

export async function startTown(options: TownOptions): Promise<Town> {
  const { secrets = {}, serverUrl, stepSeconds } = options
  const secret = (name: string) => secrets[name] || `demo-${randomBytes(32).toString('hex')}`
  const people = demoPeople(options.today)
  const appId = secrets.WECHAT_APP_ID || APP_ID
  const keys = {
    wechat: secret('WECHAT_SECRET'), identity: secret('IDENTITY_SECRET'),
    certificate: secret('CERTIFICATE_SECRET'), sms: secret('SMS_SECRET'),
  }
  const wechat = await startWechat({ appId, secret: keys.wechat })
  const identity = await startIdentity({ secret: keys.identity, people })
  const certificate = await startCertificates({ secret: keys.certificate, people })
  const sms = await startSms({ secret: keys.sms })
  const departments = await startDepartments(options)
  const clerk = options.clerk === false ? undefined
    : await startClerk({ serverUrl, stepSeconds, account: counterAccount() })
  const services = [wechat, identity, certificate, sms]
  services.push(...departments.map(({ service }) => service))
  return {
    env: {
      WECHAT_URL: wechat.url, WECHAT_APP_ID: appId, WECHAT_SECRET: keys.wechat,
      IDENTITY_URL: identity.url, IDENTITY_SECRET: keys.identity,
      CERTIFICATE_URL: certificate.url, CERTIFICATE_SECRET: keys.certificate,
      SMS_URL: sms.url, SMS_SECRET: keys.sms,
      DEPARTMENT_SYSTEMS: JSON.stringify(departments.map(({ departmentId, service, key }) => ({
        departmentId, url: `${service.url}/v1/tasks`, ...key,
      }))),
    },
    people,
    sms: sms.url,
    departments: Object.fromEntries(departments.map((one) => [one.departmentId, one.service.url])),
    clerk: clerk?.url,
    close: () => closeAll(clerk ? [...services, clerk] : services),
  }
}

async function startDepartments({ catalogue, serverUrl, stepSeconds, secrets }: TownOptions) {
  const published = readCatalogue(catalogue)
  return Promise.all(published.departments.map(async ({ id: departmentId }) => {
    const secret = secrets?.DEPARTMENT_SECRET
    const key = {
      keyId: `demo-${departmentId}`,
      secret: secret ? `${secret}-${departmentId}` : `demo-${randomBytes(32).toString('hex')}`,
    }
    const gives = published.gives
    const service = await startDepartment({ key, serverUrl, stepSeconds, gives })
    return { departmentId, key, service }
  }))
}

/** The prefecture's own window acts in every county. */
function counterAccount() {
  const account = accounts.find(({ role, region }) => role === 'window' && region.endsWith('00'))
  if (!account) throw new Error('server/demo-accounts.json has no window of the prefecture')
  return account
}

async function closeAll(services: readonly Service[]): Promise<void> {
  await Promise.all(services.map((service) => service.close()))
}
