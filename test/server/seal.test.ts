/** Results and notices as signed files: same bytes for ever, and nothing changed goes unnoticed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { PDFDocument } from 'pdf-lib'
import { afterAll, describe, expect, it } from 'vitest'
import { shanghaiDate } from '../../core/clock'
import type { Result } from '../../core/contract/case'
import type { CaseDocument, FileVerdict, Verification } from '../../core/contract/document'
import type { TaskDetail } from '../../core/contract/task'
import { printDocument } from '../../server/documents/read'
import { verifyFile } from '../../server/documents/verify'
import { makeAuthority } from '../../server/seal/authority'
import { openLocalSeal } from '../../server/seal/local'
import { sealOf } from '../../server/seal/open'
import { checkSeal, signDocument } from '../../server/seal/pdf'
import {
  act, actTask, approve, dispatched, getCase, ok, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { REGION } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const folder = mkdtempSync(join(tmpdir(), 'one-thing-seal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const police = desks['public-security'] ?? clerk
const get = async (who: typeof clerk | undefined, url: string) =>
  harness.call(who, { method: 'GET', url })
const verify = async (payload: Buffer) => (await harness.call(undefined, {
  method: 'POST', url: '/v1/verify/file', payload,
  headers: { 'content-type': 'application/octet-stream' },
  remoteAddress: `10.9.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
}))
const verdictOf = async (payload: Buffer) => (await verify(payload)).json<FileVerdict>()

async function issued() {
  const view = await dispatched(harness, crew)
  ok(await approve(harness, crew, view, 'number'))
  const { result } = taskOf(await getCase(harness, owner, view.id), 'number')
  const url = `/v1/results/${result?.id}`
  const full = (await get(owner, url)).json<Result>()
  return { view, url, full, file: (await get(owner, `${url}/result.pdf`)).rawPayload }
}

function onDisk(bytes: Buffer): string {
  const path = join(folder, `${randomUUID()}.pdf`)
  writeFileSync(path, bytes)
  return path
}

const pdfsig = (bytes: Buffer) => spawnSync('pdfsig', ['-nocert', onDisk(bytes)], { encoding: 'utf8' }).stdout
const words = (bytes: Buffer) =>
  execFileSync('pdftotext', [onDisk(bytes), '-'], { encoding: 'utf8' }).replace(/\s/g, '')

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('a signed result', () => {
  it('is accepted by pdfsig as signed whole, and says 样本 and whose it is', async () => {
    const { file, full, view } = await issued()
    const said = pdfsig(file)
    expect(said).toContain('Signature is Valid.')
    expect(said).toContain('Total document signed')
    expect(said).toContain('样本')
    const text = words(file)
    for (const told of [full.holder, full.number, full.issuer, '样本', '电子签名', full.certificate?.identifier ?? '?']) {
      expect(text, told).toContain(told.replace(/\s/g, ''))
    }
    expect(pdfsig(flipped(file, (file.indexOf('stream') + 20) * 8))).not.toContain('is Valid')
    expect(view.number.length).toBeGreaterThan(0)
  })

  it('is the same bytes for everybody, later too, and at rest not in the clear', async () => {
    const { file, url } = await issued()
    harness.pass(60_000)
    const again = await get(owner, `${url}/result.pdf`)
    expect(again.rawPayload.equals(file)).toBe(true)
    expect((await get(clerk, `${url}/result.pdf`)).rawPayload.equals(file)).toBe(true)
    const [kept] = await harness.asOwner(
      'select blob_id from documents where result_id = $1', [url.split('/').at(-1)])
    const blob = await harness.platform.blobs.get(String(kept?.blob_id))
    expect(blob.includes('%PDF')).toBe(false)
  })

  it('made by two at once is one document', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const { result } = taskOf(await getCase(harness, owner, view.id), 'number')
    const url = `/v1/results/${result?.id}/result.pdf`
    const both = await Promise.all([get(owner, url), get(clerk, url), get(owner, url)])
    expect(new Set(both.map(({ rawPayload }) => rawPayload.toString('hex'))).size).toBe(1)
  })

  it('is valid as it is, and with any single bit flipped it is not', async () => {
    const { file, full } = await issued()
    expect(await verdictOf(file)).toMatchObject({ verdict: 'valid', document: { number: full.number } })
    expect((await verify(file)).body).not.toContain(full.holder)
    const seen = new Set<string>()
    await fc.assert(fc.asyncProperty(fc.nat(file.length * 8 - 1), async (bit) => {
      const { verdict, document } = await verdictOf(flipped(file, bit))
      seen.add(verdict)
      expect(document).toBeNull()
      expect(['changed', 'foreign']).toContain(verdict)
    }), { numRuns: 300 })
    expect(seen).toContain('changed')
  }, 120_000)

  it('with anything added, cut off, or signed by somebody else is not ours', async () => {
    const { file } = await issued()
    for (const other of [
      Buffer.concat([file, Buffer.from('\n')]), file.subarray(0, -1), file.subarray(10),
      Buffer.from('%PDF-1.7'), Buffer.from('x'),
    ]) expect((await verdictOf(other)).verdict).toBe('foreign')
    const seal = await sealOf(harness.platform)
    if (!seal) throw new Error('a demo has a seal')
    const doc = await PDFDocument.create()
    doc.addPage()
    const { now: at } = harness.clock
    const ours = await signDocument(doc, seal, { at, reason: '测试', name: '测试' })
    expect(await checkSeal(ours, seal)).toBe('whole')
    // Signed with our key, but never given out.
    expect((await verdictOf(ours)).verdict).toBe('changed')
    const stranger = await checkSeal(file, { certificates: seal.certificates.slice(1) })
    expect(stranger).toBe('foreign')
    expect((await verify(Buffer.alloc(5 * 1024 * 1024 + 1))).statusCode).toBe(413)
  })
})

describe('the seal of a production', () => {
  const production = (seal?: { key: string; certificates: string }) => ({
    ...harness.platform, config: { ...harness.platform.config, production: true, ...(seal ? { seal } : {}) },
  })

  it('is the one of its settings', async () => {
    const { view } = await issued()
    const keys = await makeAuthority(harness.clock.now)
    const { bytes } = await printDocument(production(keys), { caseId: view.id, name: 'acceptance-2' })
    expect(pdfsig(bytes)).toContain('Signature is Valid.')
    expect(await checkSeal(bytes, await openLocalSeal(keys))).toBe('whole')
    const demo = await sealOf(harness.platform)
    expect(demo && await checkSeal(bytes, demo)).toBe('foreign')
    await expect(openLocalSeal({ ...keys, certificates: '' })).rejects.toThrow('certificate')
  })

  it('that has none says so on its documents, keeps none, and vouches for none', async () => {
    const { view } = await issued()
    const platform = production()
    const { bytes } = await printDocument(platform, { caseId: view.id, name: 'acceptance-2' })
    expect(words(bytes)).toContain('本文件没有电子签名')
    expect(pdfsig(bytes)).toContain('does not contain any signatures')
    expect((await verifyFile(platform, bytes)).verdict).toBe('foreign')
    const kept = await harness.asOwner(
      'select 1 from documents where case_id = $1 and name = $2', [view.id, 'acceptance-2'])
    expect(kept).toEqual([])
  })
})

describe('a certificate', () => {
  it('is registered with its result, and whom it is about is sealed', async () => {
    const { full, url } = await issued()
    expect(full.certificate).toMatchObject({
      identifier: expect.stringMatching(/^1\.2\.156\.3005\.2\.[A-Z0-9.-]+\.001\.[0-9A-Z]$/),
      holder: { name: '迪丽娜尔', idKind: '居民身份证', idNumber: full.values[0]?.value },
      validTo: null,
    })
    const [row] = await harness.asOwner(
      'select state, issuer, holder_sealed from certificates where result_id = $1',
      [url.split('/').at(-1)])
    expect(row).toMatchObject({ state: 'valid', issuer: full.issuer })
    expect(String(row?.holder_sealed)).not.toContain('迪丽娜尔')
  })

  it('is revoked once by its department alone; whoever verifies it then is told so', async () => {
    const { full, url, file, view } = await issued()
    const revoke = (who: typeof clerk, requestId: string = randomUUID()) => harness.call(who, {
      method: 'POST', url: `${url}/actions`, payload: { do: 'revoke', reason: '登记有误', requestId },
    })
    const { id } = taskOf(await getCase(harness, owner, view.id), 'number')
    const shown = async (who: typeof clerk) =>
      (await get(who, `/v1/tasks/${id}`)).json<TaskDetail>().result
    const { number } = full
    expect(await shown(police)).toMatchObject({ number, revoked: null, revocable: true })
    const handler = await harness.department('public-security', REGION, { duties: ['handle'] })
    expect(await shown(handler)).toMatchObject({ number, revoked: null, revocable: false })
    expect((await revoke(handler)).statusCode).toBe(403)
    expect((await revoke(owner)).statusCode).toBe(403)
    expect((await revoke(clerk)).statusCode).toBe(403)
    expect((await revoke(await harness.department('tax'))).statusCode).toBe(404)
    expect((await revoke(await harness.department('public-security', '653125'))).statusCode).toBe(404)
    const requestId = randomUUID()
    expect((await revoke(police, requestId)).statusCode).toBe(200)
    expect((await revoke(police, requestId)).statusCode).toBe(200)
    expect((await revoke(police)).statusCode).toBe(409)
    expect(await shown(police)).toMatchObject({ revoked: { reason: '登记有误' }, revocable: false })
    const told = (await get(undefined, `/v1/verify/${full.verifyCode}`)).json<Verification>()
    expect(told).toMatchObject({ state: 'revoked', since: shanghaiDate(harness.clock.now.toISOString()) })
    expect((await verdictOf(file)).verdict).toBe('revoked')
    expect((await get(owner, url)).json<Result>().revoked).toMatchObject({ reason: '登记有误' })
    const { events } = await getCase(harness, owner, view.id)
    expect(events.filter(({ is }) => is === 'result.revoke')).toHaveLength(1)
    expect(events.at(-1)?.text).toMatch(/^喀什市公安局撤销了.+：登记有误。$/)
    const audited = await harness.asOwner(
      "select 1 from audit where what = '撤销办理结果' and object = $1", [`case:${view.id}`])
    expect(audited).toHaveLength(1)
  })
})

describe('the notices of a case', () => {
  const listed = async (id: string) =>
    (await get(owner, `/v1/cases/${id}/documents`)).json<{ documents: CaseDocument[] }>().documents

  async function printed(caseId: string, { name }: CaseDocument) {
    const url = `/v1/cases/${caseId}/documents/${name}.pdf`
    const reply = await get(owner, url)
    expect(reply.statusCode, reply.body.slice(0, 200)).toBe(200)
    expect(pdfsig(reply.rawPayload)).toContain('Signature is Valid.')
    expect((await get(clerk, url)).rawPayload.equals(reply.rawPayload)).toBe(true)
    expect((await verdictOf(reply.rawPayload)).verdict).toBe('valid')
    return words(reply.rawPayload)
  }

  it('tell acceptance, pause and refusal of an item, each signed', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'number')
    ok(await actTask(harness, police, id, { do: 'receive' }))
    ok(await actTask(harness, police, id, { do: 'pause', reason: 'appraisal', note: '需要亲子鉴定' }))
    ok(await actTask(harness, police, id, { do: 'resume' }))
    ok(await actTask(harness, police, id, { do: 'reject', reason: '材料与登记不符' }))
    const documents = await listed(view.id)
    expect(documents.map(({ title }) => title))
      .toEqual(['受理通知书', '特别程序（暂停）告知书', expect.stringMatching(/^不予.+决定书$/)])
    const [accepted, paused, rejected] = await Promise.all(
      documents.map((document) => printed(view.id, document)))
    expect(accepted).toContain(owner.name)
    expect(accepted).toContain('样本')
    expect(paused).toMatch(/鉴定.*需要亲子鉴定.*第四十五条/)
    expect(rejected).toMatch(/材料与登记不符.*行政复议/)
    expect((await get(owner, `/v1/cases/${view.id}/documents/refusal-9.pdf`)).statusCode).toBe(404)
    const stranger = await harness.citizen()
    expect((await get(stranger, `/v1/cases/${view.id}/documents`)).statusCode).toBe(404)
  })

  it('tell what to correct all at once, and why a case was not accepted', async () => {
    const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    ok(await act(harness, clerk, id, {
      do: 'return', asks: [{ kind: 'material', key: 'mother.id-card', reason: '照片看不清' }],
    }))
    const [correction] = await listed(id)
    if (!correction) throw new Error('no correction notice')
    expect(correction.title).toBe('一次性补正告知书')
    expect(await printed(id, correction)).toContain('照片看不清')
    const refused = ok(await submit(harness, owner, await trialBody(harness, owner)))
    ok(await act(harness, clerk, refused.id, {
      do: 'refuse', reason: '不属于本地管辖', remedy: '可以向户籍地申请。',
    }))
    const [notice] = await listed(refused.id)
    if (!notice) throw new Error('no refusal notice')
    expect(await printed(refused.id, notice)).toMatch(/不属于本地管辖.*户籍地/)
  })
})
