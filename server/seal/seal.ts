/** 电子签名: what a document is signed with, whoever keeps the key. */
import { Certificate, ContentInfo } from 'pkijs'

export interface Seal {
  /** A detached PKCS#7 signature (CMS) of these bytes, in DER. */
  sign(bytes: Uint8Array): Promise<Buffer>
  /** of the signer first, its root last, in DER */
  certificates: readonly Buffer[]
}

export const derOf = (one: Certificate | ContentInfo): Buffer =>
  Buffer.from((one instanceof ContentInfo ? one.toSchema() : one.toSchema(true)).toBER(false))

export const readCertificate = (der: Buffer): Certificate =>
  Certificate.fromBER(new Uint8Array(der))
