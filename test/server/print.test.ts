/** 提交回执 and 办理结果 as files one can keep. */
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../core/contract/case'
import {
  act, approve, dispatched, getCase, ok, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { textOf } from './fixtures/pdf-text'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk } = crew

async function read(url: string) {
  const reply = await harness.call(owner, { method: 'GET', url })
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(reply.headers['cache-control']).toBe('no-store')
  const doc = await PDFDocument.load(reply.rawPayload, { updateMetadata: false })
  const text = doc.getPages().map(textOf).join('\n').replace(/\s/g, '')
  return { reply, doc, text }
}

describe('the receipt of a submission', () => {
  it('says what was handed in, when, to whom, by which law, and what follows', async () => {
    const view = ok(await submit(harness, owner, await trialBody(harness, owner)))
    const url = `/v1/cases/${view.id}/receipt.pdf`
    const { text, doc, reply } = await read(url)
    expect(doc.getTitle()).toContain(view.number)
    for (const told of [
      view.number, view.topicTitle, owner.name, '2026-11-2310:00', view.acceptBy,
      '喀什市公安局', '照片1张', '书面承诺', '电子结果', '第三十二条', '行政复议', '12345', '样本',
    ]) expect(text, told).toContain(told.replace(/\s/g, ''))
    for (const { name } of view.tasks) expect(text).toContain(name)
    expect(text).not.toContain('?')
    expect(text).not.toContain('不予受理、不予办理经')
    const again = await harness.call(owner, { method: 'GET', url })
    expect(again.rawPayload.equals(reply.rawPayload)).toBe(true)
  })

  it('of a case that was refused says why and what may be done', async () => {
    const view = ok(await submit(harness, owner, await trialBody(harness, owner)))
    ok(await act(harness, clerk, view.id, {
      do: 'refuse', reason: '不属于本地管辖', remedy: '可以在 60 日内申请行政复议。',
    }))
    const { text } = await read(`/v1/cases/${view.id}/receipt.pdf`)
    expect(text).toContain('不予受理：不属于本地管辖。可以在60日内申请行政复议。')
  })
})

describe('a result on paper', () => {
  it('carries holder, number, issuer, basis, remedy, a code to verify, and 样本', async () => {
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const { result } = taskOf(await getCase(harness, owner, view.id), 'number')
    const { text } = await read(`/v1/results/${result?.id}/result.pdf`)
    const full = (await harness.call(owner, { method: 'GET', url: `/v1/results/${result?.id}` }))
      .json<Result>()
    for (const told of [
      full.name, full.number, full.holder, full.issuer, full.verifyCode, full.values[0]!.value,
      '样本', '行政复议', '第716号', 'http://one-thing.test/pages/verify/index',
    ]) expect(text, told).toContain(told.replace(/\s/g, ''))
    const stranger = await harness.citizen()
    expect((await harness.call(stranger, {
      method: 'GET', url: `/v1/results/${result?.id}/result.pdf`,
    })).statusCode).toBe(404)
  })
})
