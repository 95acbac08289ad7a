/** 电子证照: what its register says, in the words and the order every page and paper uses. */
import type { CertificateFacts } from './contract/document'
import { judge } from './values'

export function certificateRows(
  facts: CertificateFacts | null,
): { term: string; value: string }[] {
  if (!facts) return []
  const { identifier, typeCode, issuerCode, validFrom, validTo, sealed } = facts
  const ofUnit = judge({ type: 'creditCode' }, issuerCode) === undefined
  return [
    { term: '证照标识', value: identifier },
    { term: '证照类型代码', value: typeCode },
    { term: ofUnit ? '签发单位信用代码' : '签发部门代码', value: issuerCode },
    { term: '有效期', value: validTo ? `${validFrom} 至 ${validTo}` : `${validFrom} 起，长期有效` },
    { term: '电子印章', value: sealed ? '已加盖' : '没有加盖' },
  ]
}
