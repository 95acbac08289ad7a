/**
 * Nothing older than 3 s is lost (R22): random citizens type, go on, pick photos, lose the network
 * and the server, reload and kill the app; after each kill the app is opened again and everything
 * typed or picked more than 3 s before must be there, and reach the server by itself.
 *
 *   KILLS=200 KILLS_LANES=4 KILLS_SEED=7 npx vitest run --project journeys test/journeys/kills.test.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, type Locator, type Page, type Route, chromium } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CHROMIUM, FLAGS, PHONE, hasBrowser } from './product'
import { demo } from './traveller'
import { proveIdentity, seen, signIn } from './walk'

const SEQUENCES = Number(process.env.KILLS ?? 12)
const LANES = Number(process.env.KILLS_LANES ?? 2)
const SEED = Number(process.env.KILLS_SEED ?? 20261123)
const SAFE_MS = 3000
const PEOPLE = ['13900000017', '13900000018', '13900000019', '13900000020', '13900000021', '13900000022']

const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
/** Fields that are only typed, and the page of the form each is on. */
const FIELDS = ['child.name', 'child.birthPlace', 'child.gestationWeeks', 'child.weightGrams', 'child.lengthCm']

/** What a citizen does, as often as it stands here. */
const ACTS = [
  'type', 'type', 'type', 'type', 'on', 'back', 'pick', 'pick', 'wait', 'wait', 'net', 'server', 'reload',
] as const

/** A small generator of our own: a printed seed repeats the whole run. */
function chance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}

/** A value as it became over time; what an old enough moment knew must not be lost. */
class Told<T> {
  private readonly states: { at: number; value: T }[] = []
  constructor(first: T) {
    this.states.push({ at: 0, value: first })
  }

  set(value: T) {
    this.states.push({ at: Date.now(), value })
  }

  /** What may be found after a kill at `at`: the last value that was safe, or any newer one. */
  allowed(at: number): T[] {
    const safe = this.states.filter((state) => state.at <= at - SAFE_MS).length - 1
    return this.states.slice(Math.max(0, safe)).map(({ value }) => value)
  }

  settle(value: T) {
    this.states.splice(0, this.states.length, { at: 0, value })
  }
}

let pictures: Buffer[] = []

const scripts = new Map<string, { status: number; headers: Record<string, string>; body: Buffer }>()

/** The same scripts again and again would be taken for a flood of requests. */
async function still(route: Route) {
  const url = route.request().url()
  if (!scripts.has(url)) {
    const reply = await route.fetch()
    scripts.set(url, { status: reply.status(), headers: reply.headers(), body: await reply.body() })
  }
  await route.fulfill(scripts.get(url)!)
}

/** A photo of printed lines that passes the checks, each its own. */
async function picture(n: number): Promise<Buffer> {
  const lines = Array.from({ length: 16 }, (_, row) =>
    `<text x="80" y="${120 + row * 56}" font-size="40">样本材料 ${n} 第 ${row} 行 ${n * 7919 + row}</text>`)
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="1050">
    <rect width="1300" height="1050" fill="#dedad0"/><g fill="#111">${lines.join('')}</g></svg>`
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 } // one of sharp's words
  const grain = await sharp({
    create: { width: 1300, height: 1050, channels: 3, background: '#888', noise },
  }).png().toBuffer()
  return sharp(Buffer.from(page)).composite([{ input: grain, blend: 'soft-light' }]).jpeg({ quality: 92 }).toBuffer()
}

/** One citizen with a phone that is killed again and again. */
class Lane {
  private context!: BrowserContext
  private page!: Page
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'one-thing-kills-'))
  private readonly typed = new Map(FIELDS.map((field) => [field, new Told('')]))
  /** by the name of the place; whether a photo is there */
  private readonly picked = new Map<string, Told<boolean>>()
  private trouble: 'none' | 'refuses' | 'loses' | 'slow' = 'none'
  private readonly story: string[] = []

  constructor(private readonly n: number, private readonly random: ReturnType<typeof chance>) {}

  private say(what: string) {
    this.story.push(what)
  }

  private async open() {
    this.context = await chromium.launchPersistentContext(this.folder, {
      ...PHONE, executablePath: CHROMIUM, args: FLAGS, baseURL: inject('product')!.url,
    })
    this.context.setDefaultTimeout(30_000)
    this.trouble = 'none'
    await this.context.route(/\/v1\/(drafts|materials)/, (route) => this.meet(route))
    await this.context.route(/\.(js|css)$/, still)
    this.page = this.context.pages()[0] ?? await this.context.newPage()
  }

  private async meet(route: Route) {
    const writes = route.request().method() !== 'GET'
    if (this.trouble === 'refuses') {
      await route.fulfill({ status: 503, json: { code: 'INTERNAL', detail: { ref: 'test' } } })
    } else if (this.trouble === 'loses' && writes) {
      await route.fetch()
      await route.abort('connectionreset')
    } else {
      if (this.trouble === 'slow' && writes) await new Promise((resolve) => setTimeout(resolve, 1200))
      await route.continue()
    }
  }

  /** Signs in and puts a draft with its answers on the server. */
  async begin() {
    await this.open()
    const person = demo(PEOPLE[this.n % PEOPLE.length]!)
    await this.page.goto('/pages/identity/index?next=home')
    await signIn(this.page, inject('product')!, person)
    await proveIdentity(this.page, person)
    await seen(this.page.getByRole('group', { name: '为谁办事' }))
    const { version } = await this.api<{ version: number }>('GET', 'topics/newborn')
    const { draft, revision } = await this.api<{ draft?: object; revision?: number }>('GET', 'drafts/newborn')
    const fresh = { requestId: crypto.randomUUID(), topicVersion: version, regionCode: '653101', page: '' }
    await this.api('PUT', 'drafts/newborn', {
      basedOn: revision ?? 0,
      draft: { ...fresh, ...draft, answers: ANSWERS, form: {}, materials: {} },
    })
    await this.form()
    // what data share brings comes once a run, before the first key
    await this.page.waitForTimeout(1500)
    for (const [field, told] of this.typed) told.settle(await this.value(field))
  }

  private api<T>(method: string, to: string, body?: object): Promise<T> {
    return this.page.evaluate(async ([how, where, json]) => {
      const token = JSON.parse(localStorage.getItem('session-token') ?? '{}').data
      const headers = { authorization: `Bearer ${token}`, ...(json ? { 'content-type': 'application/json' } : {}) }
      return (await fetch(`/v1/${where}`, { method: how!, headers, body: json || undefined })).json()
    }, [method, to, body ? JSON.stringify(body) : ''])
  }

  private async form(of = 'child.name') {
    await this.page.goto(`/pages/form/index?topic=newborn&field=${of}`)
    await this.seen(this.input(of))
  }

  private async materials() {
    await this.page.goto('/pages/materials/index?topic=newborn')
    await this.seen(this.page.locator('.material').locator('visible=true'))
  }

  private async seen(what: Locator) {
    await seen(what).catch(async (error: unknown) => {
      const shown = await this.page.locator('body').innerText()
      throw new Error(`${this.page.url()} after ${this.story.join(' ')}: ${shown}`, { cause: error })
    })
  }

  private input(field: string) {
    return this.page.locator(`[id="${field}"]`).locator('visible=true')
  }

  private async value(field: string): Promise<string> {
    if (await this.input(field).count() === 0) await this.form(field)
    return this.input(field).inputValue()
  }

  /** One thing a citizen does. A page that is loaded anew is a kill of the page: see `lost`. */
  private async act(): Promise<void> {
    const { random } = this
    const kind = random.of(ACTS)
    this.say(kind)
    if (kind === 'type') await this.type()
    else if (kind === 'on' || kind === 'back') await this.walk(kind)
    else if (kind === 'pick') await this.pick()
    else if (kind === 'wait') await this.page.waitForTimeout(random.below(4000))
    else if (kind === 'net') await this.offline(random.below(2) === 0)
    else if (kind === 'server') this.trouble = random.of(['none', 'refuses', 'loses', 'slow'])
    else await this.check(Date.now(), () => this.page.reload())
  }

  private isOffline = false

  private async offline(off: boolean) {
    this.isOffline = off
    this.say(off ? '(off)' : '(on)')
    await this.context.setOffline(off)
  }

  /** Loads a page: what is younger than 3 s may be gone, the rest must come back. */
  private async anew(load: () => Promise<unknown>) {
    // a page can't be loaded without a network or a server
    if (this.isOffline) await this.offline(false)
    this.trouble = 'none'
    await load()
  }

  private async type() {
    const there: string[] = []
    for (const field of FIELDS) if (await this.input(field).count() > 0) there.push(field)
    if (there.length === 0) {
      await this.check(Date.now(), () => this.form())
      there.push('child.name')
    }
    const field = this.random.of(there)
    const value = field === 'child.name' || field === 'child.birthPlace'
      ? `样例${'甲乙丙丁戊己庚辛'.charAt(this.random.below(8))}${this.random.below(1000)}`
      : `${this.random.below(60) + 1}`
    await this.input(field).fill(value)
    this.typed.get(field)!.set(value)
    this.say(`${field}=${value}`)
  }

  private async walk(kind: 'on' | 'back') {
    const foot = this.page.getByRole('button', { name: /^(继续|保存修改)$/ }).locator('visible=true')
    if (kind === 'on' && await foot.count() > 0) await foot.first().click()
    // beyond the first step lies another document, and leaving this one is another matter
    const isInside = () => this.page.evaluate(() => (history.state?.steps?.way?.length ?? 1) > 1)
    if (kind === 'back' && await isInside()) await this.page.goBack()
    await this.page.waitForTimeout(150)
  }

  private async pick() {
    if (await this.page.locator('.material').locator('visible=true').count() === 0) {
      await this.check(Date.now(), () => this.materials())
    }
    const free = this.page.getByRole('button', { name: /^从相册选：/ }).locator('visible=true')
    if (await free.count() === 0) {
      const remove = this.page.getByRole('button', { name: /^删除/ }).locator('visible=true').first()
      const name = (await remove.getAttribute('aria-label') ?? '').replace('删除', '')
      await remove.click()
      this.placeOf(name).set(false)
      this.say(`-${name}`)
      return
    }
    const one = free.nth(this.random.below(Math.min(3, await free.count())))
    const name = (await one.getAttribute('aria-label') ?? '').replace('从相册选：', '')
    const chosen = this.page.waitForEvent('filechooser')
    await one.click()
    await (await chosen).setFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: this.random.of(pictures) })
    this.placeOf(name).set(true)
    this.say(`+${name}`)
  }

  private placeOf(name: string) {
    const known = this.picked.get(name) ?? new Told(false)
    this.picked.set(name, known)
    return known
  }

  /** Opens anew after a kill at `at`, and looks whether everything safe is there. */
  private async check(at: number, load: () => Promise<unknown>) {
    await this.anew(load)
    await this.materials()
    for (const [name, told] of this.picked) {
      const allowed = told.allowed(at)
      const free = this.page.getByRole('button', { name: `从相册选：${name}` }).locator('visible=true')
      const isThere = async () => await free.count() === 0
      // recalled photos appear a moment after the page
      const until = Date.now() + 5000
      while (!allowed.includes(await isThere()) && Date.now() < until) await this.page.waitForTimeout(100)
      expect(allowed, `photo ${name}: ${this.story.join(' ')}`).toContain(await isThere())
      told.settle(await isThere())
    }
    for (const [field, told] of this.typed) {
      const found = await this.value(field)
      expect(told.allowed(at), `${field}: ${this.story.join(' ')}`).toContain(found)
      told.settle(found)
    }
    await load()
  }

  /** With a network everything reaches the server by itself. */
  private async arrives() {
    await this.materials()
    await this.page.waitForFunction(
      () => ![...document.querySelectorAll<HTMLElement>('.material')]
        .some((card) => /上传中|没传上|等待上传/.test(card.innerText)),
      undefined, { timeout: 30_000 })
    await expect.poll(async () => {
      const { draft } = await this.api<{ draft: { form: Record<string, string> } }>('GET', 'drafts/newborn')
      return [...this.typed].filter(([field, told]) => !told.allowed(Infinity).includes(draft.form[field] ?? ''))
        .map(([field]) => field)
    }, { message: this.story.join(' '), timeout: 20_000 }).toEqual([])
  }

  /** Some acts, a kill, and the look afterwards. */
  async sequence() {
    this.story.splice(0)
    for (let left = 3 + this.random.below(6); left > 0; left -= 1) await this.act()
    const at = Date.now()
    await this.context.close()
    this.isOffline = false
    await this.open()
    await this.check(at, () => this.materials())
    await this.arrives()
    await this.form()
  }

  /** The plainest loss: typed and picked without a network, and killed 3 s later. */
  async withoutNetwork() {
    this.story.splice(0)
    await this.offline(true)
    await this.type()
    await this.page.waitForTimeout(SAFE_MS + 200)
    const at = Date.now()
    await this.context.close()
    this.isOffline = false
    await this.open()
    await this.check(at, () => this.materials())
    await this.offline(true)
    await this.pick()
    await this.page.waitForTimeout(SAFE_MS + 200)
    const later = Date.now()
    await this.context.close()
    this.isOffline = false
    await this.open()
    await this.check(later, () => this.materials())
    await this.arrives()
    await this.form()
  }

  async end() {
    await this.context?.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

describe.skipIf(!hasBrowser)('a killed app', () => {
  const random = chance(SEED)
  const lanes = Array.from({ length: LANES }, (_, n) => new Lane(n, chance(random.below(2 ** 31))))

  beforeAll(async () => {
    console.log(`kills: seed ${SEED}, ${SEQUENCES} sequences on ${LANES} phones`)
    pictures = await Promise.all(Array.from({ length: 24 }, (_, n) => picture(n)))
    for (const lane of lanes) await lane.begin()
  })
  afterAll(() => Promise.all(lanes.map((lane) => lane.end())))

  it('loses nothing that was typed or picked 3 s before, without a network', async () => {
    for (const lane of lanes) await lane.withoutNetwork()
  })

  it(`loses nothing in ${SEQUENCES} random sequences`, { timeout: 60_000 + SEQUENCES * 60_000 }, async () => {
    let left = SEQUENCES
    await Promise.all(lanes.map(async (lane) => {
      while (left > 0) {
        left -= 1
        if (left % 10 === 0) console.log(`kills: ${left} sequences left`)
        await lane.sequence()
      }
    }))
  })
})
