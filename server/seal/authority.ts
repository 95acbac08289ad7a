/** 自建根证书: the authority a demonstration makes for itself. Nobody else has reason to trust it. */
import { webcrypto } from 'node:crypto'
import { BitString, Integer, Utf8String } from 'asn1js'
import {
  AttributeTypeAndValue, BasicConstraints, Certificate, Extension, RelativeDistinguishedNames,
} from 'pkijs'
import { RSA } from './local'
import { derOf } from './seal'

const ROOT = '一件事演示根证书（样本）'
const SIGNER = '喀什地区一件事一次办电子签名（样本）'
const YEARS = 10
const OID = { commonName: '2.5.4.3', basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15' }
/** ITU-T X.509 §9.2.2.3: bit 0 is digitalSignature, 1 nonRepudiation, 5 and 6 sign others. */
const USAGE = { signer: 0b1100_0000, root: 0b0000_0110 }

interface NewCertificate {
  subject: { name: string; serial: number; key: webcrypto.CryptoKey }
  issuer: { name: string; key: webcrypto.CryptoKey }
  at: Date
}

/** A root that signs one certificate and is then thrown away, with the key of that certificate. */
export async function makeAuthority(
  at: Date,
): Promise<{ key: string; certificates: string }> {
  const pair = () => webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const [root, signer] = [await pair(), await pair()]
  const issuer = { name: ROOT, key: root.privateKey }
  const made = [
    await certify({ subject: { name: SIGNER, serial: 2, key: signer.publicKey }, issuer, at }),
    await certify({ subject: { name: ROOT, serial: 1, key: root.publicKey }, issuer, at }),
  ]
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', signer.privateKey))
  return {
    key: pem('PRIVATE KEY', key),
    certificates: made.map((one) => pem('CERTIFICATE', derOf(one))).join('\n'),
  }
}

async function certify({ subject, issuer, at }: NewCertificate): Promise<Certificate> {
  const isRoot = subject.name === issuer.name
  const until = new Date(at)
  until.setUTCFullYear(at.getUTCFullYear() + YEARS)
  const certificate = new Certificate({ version: 2 })
  certificate.serialNumber = new Integer({ value: subject.serial })
  certificate.subject = called(subject.name)
  certificate.issuer = called(issuer.name)
  certificate.notBefore.value = at
  certificate.notAfter.value = until
  // The types of the two libraries name one and the same key differently.
  await certificate.subjectPublicKeyInfo.importKey(subject.key as CryptoKey)
  const constraints = new BasicConstraints({ cA: isRoot })
  const usage = new BitString({
    valueHex: new Uint8Array([isRoot ? USAGE.root : USAGE.signer]).buffer,
    unusedBits: isRoot ? 1 : 6,
  })
  certificate.extensions = [
    { extnID: OID.basicConstraints, value: constraints.toSchema() },
    { extnID: OID.keyUsage, value: usage },
  ].map(({ extnID, value }) =>
    new Extension({ extnID, critical: true, extnValue: value.toBER(false) }))
  await certificate.sign(issuer.key as CryptoKey, 'SHA-256') // as above
  return certificate
}

function called(name: string): RelativeDistinguishedNames {
  return new RelativeDistinguishedNames({
    typesAndValues: [new AttributeTypeAndValue({
      type: OID.commonName, value: new Utf8String({ value: name }),
    })],
  })
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
