import { describe, expect, it } from 'vitest'
import { CASE_ACTIONS, CASE_ALLOWED, type CaseState } from '../../core/case'
import { type EventName, type Happening, replay } from '../../core/history'
import { Refused } from '../../core/refusal'
import { TASK_ACTIONS } from '../../core/task'
import { SIGNAL_WORDS, type Names, delayOf, headline, sentence } from '../../core/timeline'

const names: Names = {
  applicant: '您', office: '莎车县政务服务中心综合窗口', department: () => '莎车县公安局',
  item: () => '出生登记', asksRating: true,
}
const EVERY: EventName[] = [
  'submit', 'choose-handover', 'task.signal', ...CASE_ACTIONS,
  ...TASK_ACTIONS.map((action) => `task.${action}` as const),
]

describe('the sentence of an event', () => {
  it.each([
    [{ is: 'task.receive', itemId: 'a', dueOn: '2026-11-30' },
      '莎车县公安局已收到“出生登记”，承诺 11月30日前办结。'],
    [{ is: 'submit', acceptBy: '2026-11-30' },
      '您已提交申请，莎车县政务服务中心综合窗口正在核对，最晚 11月30日前答复。'],
    [{ is: 'task.pause', itemId: 'a', pause: 'appraisal', note: '亲子鉴定' },
      '莎车县公安局因鉴定（亲子鉴定）暂停计时：“出生登记”。'],
  ] as [Happening, string][])('of %j', (event, text) => {
    expect(sentence(event, names)).toBe(text)
  })

  it.each(['hand-over', 'confirm-receipt'] as const)(
    'asks for a rating at %s, but not where the tone is quiet', (is) => {
      expect(sentence({ is }, names)).toContain('评价')
      expect(sentence({ is }, { ...names, asksRating: false })).toMatch(/本次办理结束。$/)
    })

  it.each(EVERY)('is whole for every event, also a bare one: %s', (is) => {
    const text = sentence({ is, itemId: 'a' }, names)
    expect(text).toMatch(/^.{6,}。$/)
    expect(text).not.toMatch(/undefined|NaN|null/)
  })
})

describe('the headline', () => {
  it.each(Object.keys(CASE_ALLOWED) as CaseState[])('says step, holder and next step: %s', (state) => {
    const head = headline({
      state, acceptBy: '2026-11-30', dueOn: '2026-12-10', contact: { office: names.office },
      tasks: [{ state: 'received', department: '莎车县公安局' }, { state: 'approved', department: 'x' }],
    })
    expect(head.now && head.who && head.next).toBeTruthy()
    if (state === 'handling') {
      expect(head).toEqual({
        now: '正在办理，2 项里已有 1 项有结果', who: '莎车县公安局', until: '承诺 12月10日前全部办结',
        next: '全部办好后统一出件',
      })
    }
  })
})

describe('replay', () => {
  const submit = { seq: 1, by: 'citizen', event: { is: 'submit', items: ['a'] } } as const

  it('follows the tables', () => {
    const { state, tasks } = replay([
      submit,
      { seq: 2, by: 'window', event: { is: 'accept' } },
      { seq: 3, by: 'window', event: { is: 'dispatch' } },
      { seq: 4, by: 'system', event: { is: 'task.start', itemId: 'a' } },
      { seq: 5, by: 'department', event: { is: 'task.receive', itemId: 'a' } },
    ])
    expect([state, tasks.get('a')]).toEqual(['handling', 'received'])
  })

  it('refuses a gap, a wrong hand, an unknown item and a history without a beginning', () => {
    const second = (seq: number, by: 'citizen' | 'window', event: Happening) =>
      () => replay([submit, { seq, by, event }])
    expect(second(3, 'window', { is: 'accept' })).toThrow(/missing/)
    expect(second(2, 'citizen', { is: 'accept' })).toThrow(Refused)
    expect(second(2, 'window', { is: 'task.start', itemId: 'b' })).toThrow(/no item/)
    expect(() => replay([])).toThrow(/begins/)
  })
})

describe('a delay', () => {
  const task = (name: string, signal: Parameters<typeof delayOf>[0][number]['signal']) =>
    ({ name, itemId: name, signal })

  it('is that of the worst item, counted with its like, and none without a signal', () => {
    expect(delayOf([task('甲', 'none')])).toBeUndefined()
    expect(delayOf([task('甲', 'warning'), task('乙', 'yellow'), task('丙', 'yellow')])).toEqual({
      level: 'yellow', itemId: '乙', text: `“乙”等 2 项${SIGNAL_WORDS.yellow.text}`,
    })
    expect(delayOf([task('甲', 'yellow'), task('乙', 'red')]))
      .toMatchObject({ level: 'red', itemId: '乙' })
  })

  it('is told in words that need no colour', () => {
    for (const { tag, text } of Object.values(SIGNAL_WORDS)) {
      expect(tag).toMatch(/到期|超期/)
      expect(text).toMatch(/期限|超期/)
    }
  })
})
