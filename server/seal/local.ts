/** A seal whose key lies with us: CMS over SHA-256 with RSA, naming its certificate (CAdES). */
import { createPrivateKey, webcrypto } from 'node:crypto'
import { ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import {
  Attribute, ContentInfo, CryptoEngine, EncapsulatedContentInfo,
  IssuerAndSerialNumber, SignedAndUnsignedAttributes, SignedData, SignerInfo, setEngine,
} from 'pkijs'
import { sha256 } from '../crypto'
import { type Seal, derOf, readCertificate } from './seal'

setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as Crypto })) // the same thing

export const RSA = {
  name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}
const OID = {
  data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
}

/**
 * @param key           PKCS#8 in PEM
 * @param certificates  PEM, the signer's first, its root last
 * @throws {Error} for a key or certificate that cannot be read
 */
export async function openLocalSeal(
  { key, certificates }: { key: string; certificates: string },
): Promise<Seal> {
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, RSA, false, ['sign'])
  const chain = readPem(certificates)
  const parsed = chain.map(readCertificate)
  const [signer] = parsed
  if (!signer) throw new Error('A seal needs the certificate of its key')
  return {
    certificates: chain,
    sign: async (bytes) => {
      const signed = new SignedData({
        version: 1,
        encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
        signerInfos: [new SignerInfo({
          version: 1,
          sid: new IssuerAndSerialNumber({
            issuer: signer.issuer, serialNumber: signer.serialNumber,
          }),
          signedAttrs: attributes(bytes, derOf(signer)),
        })],
        certificates: parsed,
      })
      // The types of the two libraries name one and the same key differently.
      await signed.sign(privateKey as CryptoKey, 0, 'SHA-256', bytes.slice().buffer)
      return derOf(new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) }))
    },
  }
}

function attributes(bytes: Uint8Array, certificate: Buffer): SignedAndUnsignedAttributes {
  const octets = (plain: Buffer) => new OctetString({ valueHex: new Uint8Array(plain).buffer })
  const nest = (value: Sequence | OctetString) => new Sequence({ value: [value] })
  const named = nest(nest(nest(octets(sha256(certificate)))))
  return new SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      new Attribute({
        type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })],
      }),
      new Attribute({ type: OID.messageDigest, values: [octets(sha256(bytes))] }),
      new Attribute({ type: OID.signingCertificate, values: [named] }),
    ],
  })
}

function readPem(text: string): Buffer[] {
  const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g)
  return [...blocks].map(([, body = '']) => Buffer.from(body, 'base64'))
}
