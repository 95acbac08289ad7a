/** 电子证照: each result is registered as a certificate in the transaction that approved it. */
import { addDays, addMonths } from '../../core/clock'
import type { Item } from '../../core/contract/topic'
import type { Docket } from '../cases/docket'
import { departmentName } from '../cases/topic'
import type { TaskRow } from '../cases/view'
import type { Platform } from '../platform'
import { holderOf, sealHolder } from './holder'
import { addResults } from './store'
import { openValues } from './values'

/** GB/T 36904: the root under which all electronic certificates are numbered. */
const ROOT = '1.2.156.3005.2'
const FIRST_VERSION = '001'

/** Both rows of each result an action brought. */
export async function issueResults({ platform, tx, ...docket }: Docket): Promise<void> {
  const { fresh: { results }, tasks, topic, content, today } = docket
  if (results.length === 0) return
  await addResults(tx, results)
  await tx.insertInto('certificates').values(results.map((result) => {
    const task = tasks.find(({ n }) => n === result.n)
    const item = topic.items.find(({ id }) => id === task?.item_id)
    if (!task || !item) throw new Error(`result ${result.id}: no task ${result.n} in its case`)
    const values = openValues(platform.keys, result.id, result.valuesSealed)
    const holder = holderOf(topic, item.id, { ...content.form, ...values })
    const typeCode = typeCodeOf(platform, item)
    const issuerCode = issuerCodeOf(platform, task)
    const { validity } = item.result
    return {
      result_id: result.id,
      identifier: identifier({ typeCode, issuerCode, serial: result.id.replaceAll('-', '') }),
      type_code: typeCode,
      holder_sealed: sealHolder(platform.keys, result.id, holder),
      issuer: departmentName(platform, task.department_id, task.region_code),
      issuer_code: issuerCode,
      issued_on: today,
      valid_from: today,
      valid_to: validity ? addDays(addMonths(today, validity.months), -1) : null,
    }
  })).execute()
}

/** Made-up codes serve demonstrations alone; without a real one our own ids stand in. */
const usable = ({ config }: Platform, found: { sample?: boolean } | undefined) =>
  found !== undefined && !(found.sample && config.production)

function typeCodeOf(platform: Platform, { id, result: { typeCode, material } }: Item): string {
  if (typeCode && usable(platform, typeCode)) return typeCode.code
  return material?.split('.').at(-1) ?? id
}

function issuerCodeOf(
  platform: Platform,
  { region_code: region, department_id: department }: TaskRow,
): string {
  const unit = platform.catalogue.issuers.units.find((one) =>
    one.region === region && one.department === department)
  return unit && usable(platform, unit) ? unit.creditCode : `${region}-${department}`
}

interface Identified {
  typeCode: string
  issuerCode: string
  serial: string
}

/** 证照标识: root, type, issuer, serial, version and a check character. */
export function identifier({ typeCode, issuerCode, serial }: Identified): string {
  const body = [typeCode, issuerCode, serial, FIRST_VERSION].join('.').toUpperCase()
  return `${ROOT}.${body}.${checkCharacter(body)}`
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** ISO 7064 MOD 37,36 over the letters and digits of a text. */
function checkCharacter(text: string): string {
  const product = [...text].filter((letter) => ALPHABET.includes(letter))
    .reduce((carry, letter) => {
      const sum = (carry + ALPHABET.indexOf(letter)) % 36 || 36
      return (sum * 2) % 37
    }, 36)
  return ALPHABET[(37 - product) % 36] ?? ''
}
