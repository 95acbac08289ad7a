import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkDigit11643, checkDigit32100, idNumberFacts, judge, mask, normalise, type ValueType,
} from '../../core/values'

// Sequence 000: no person can hold these numbers.
const MOTHER = '653101199001010005'
const FATHER = '65312519851204000X'
const CREDIT_CODE = '12440900456408602U'

const TYPES: ValueType[] = [
  'text', 'name', 'idNumber', 'creditCode', 'phone', 'date', 'datetime', 'number', 'choice',
  'region', 'address', 'certificateNumber',
]
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const wide = (text: string) =>
  text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

/** The text with spaces, hyphens, full-width characters and lower case strewn in. */
const typed = (canonical: string, noise: string[]) =>
  fc.array(fc.tuple(fc.boolean(), fc.constantFrom('', '', '', ...noise)), {
    minLength: canonical.length, maxLength: canonical.length,
  }).map((choices) =>
    Array.from(canonical, (one, n) => {
      const [widen, after] = choices[n] ?? [false, '']
      const letter = one === 'X' && after !== '' ? 'x' : one
      return (widen ? wide(letter) : letter) + after
    }).join(''))

const SPACES = [' ', '　', '\u00a0', '\t', '\u200b']
const HYPHENS = ['-', '－', '–', '—']

const anyDay = fc.date({
  min: new Date(Date.UTC(1900, 0, 1)), max: new Date(Date.UTC(2100, 11, 31)), noInvalidDate: true,
}).map((day) => day.toISOString().slice(0, 10))

const anyId = fc.tuple(
  fc.constantFrom('653101', '653125', '110105', '810000', '820000', '830000'), anyDay,
).map(([region, day]) => {
  const first17 = `${region}${day.replace(/-/g, '')}000`
  return first17 + checkDigit11643(first17)
})

const anyCreditCode = fc.tuple(
  fc.constantFrom('11', '12', '91', '92', '93', 'N2'),
  fc.array(fc.constantFrom(...CREDIT_ALPHABET), { minLength: 9, maxLength: 9 }),
).map(([kind, body]) => {
  const first17 = `${kind}653101${body.join('')}`
  return first17 + checkDigit32100(first17)
})

describe('normalise', () => {
  it.each<[ValueType, string, string]>([
    ['idNumber', ' １１０１０５ 19491231-002x ', '11010519491231002X'],
    ['creditCode', '12440900-4564 0860 2u', CREDIT_CODE],
    ['phone', '138-0013 8000', '13800138000'],
    ['phone', '+86 138 0013 8000', '13800138000'],
    ['phone', '８６１３８００１３８０００', '13800138000'],
    ['phone', '（0998）2822222', '09982822222'],
    ['phone', '+86-998-2822222', '09982822222'],
    ['date', '2026年1月5日', '2026-01-05'],
    ['date', '2026/1/5', '2026-01-05'],
    ['date', '２０２６．１．５', '2026-01-05'],
    ['date', '20260105', '2026-01-05'],
    ['date', '2026 - 01 — 05', '2026-01-05'],
    ['datetime', '2026年1月5日 8时5分', '2026-01-05 08:05'],
    ['datetime', '2026年1月5日8点05', '2026-01-05 08:05'],
    ['datetime', '２０２６／１／５　８：０５', '2026-01-05 08:05'],
    ['datetime', '2026-01-05T08:05:59', '2026-01-05 08:05'],
    ['number', '１，２３４．５０', '1234.50'],
    ['number', ' 007 ', '7'],
    ['number', '−3', '-3'],
    ['region', '６５３１０１', '653101'],
    ['certificateNumber', 'ｗ 650 000-001', 'W650000001'],
    ['address', ' 喀什市　人民东路\n８号 ', '喀什市 人民东路 8号'],
    ['text', '第一行\r\n第二行', '第一行\n第二行'],
  ])('%s: %j → %j', (type, raw, canonical) => {
    expect(normalise(type, raw)).toBe(canonical)
  })

  it('turns every look-alike of the name separator into U+00B7 and never splits the name', () => {
    for (const dot of ['•', '・', '．', '.', '∙', '●', '‧', '･', '⋅', '。', ' · ', '··', '• ']) {
      const name = normalise('name', ` 阿依古丽${dot}吐尔逊 `)
      expect(name).toBe('阿依古丽\u00b7吐尔逊')
      expect(judge({ type: 'name' }, name)).toBeUndefined()
    }
  })

  it('drops blanks that only align 汉字, keeps those between Latin words', () => {
    expect(normalise('name', ' 张　 三 ')).toBe('张三')
    expect(normalise('name', 'ANNA   MARIA')).toBe('ANNA MARIA')
  })

  it('changes nothing the second time', () => {
    const anyTyped = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...' 　\t０１９Ｘx+-－—年月日时分:：./．·•、,，()（）86张三𠮷A1\u200b\n') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), anyTyped, (type, raw) => {
        const once = normalise(type, raw)
        expect(normalise(type, once)).toBe(once)
      }),
      { numRuns: 20_000 },
    )
  })

  it('reads 2,000 ways of typing one ID number, phone and date as the same value (U14)', () => {
    const cases: [ValueType, string, string[]][] = [
      ['idNumber', '11010519491231002X', [...SPACES, ...HYPHENS]],
      ['phone', '13800138000', [...SPACES, ...HYPHENS]],
      ['date', '2026-01-05', SPACES],
    ]
    for (const [type, canonical, noise] of cases) {
      const check = (raw: string) => {
        expect(normalise(type, raw)).toBe(canonical)
      }
      fc.assert(fc.property(typed(canonical, noise), check), { numRuns: 2_000 })
    }
  })

  it('reads every usual way of writing a day', () => {
    fc.assert(
      fc.property(anyDay, fc.boolean(), (day, widen) => {
        const [year = '', month = '', date = ''] = day.split('-')
        const [m, d] = [String(Number(month)), String(Number(date))]
        const ways = [
          `${year}年${m}月${d}日`, `${year}年${month}月${date}日`, `${year}/${m}/${d}`,
          `${year}.${m}.${d}`, `${year}${month}${date}`, `${year} 年 ${m} 月 ${d} 日`,
        ]
        for (const way of ways) expect(normalise('date', widen ? wide(way) : way)).toBe(day)
      }),
    )
  })
})

describe('ID numbers (GB 11643)', () => {
  const fault = (value: string) => judge({ type: 'idNumber' }, value)

  it('accepts the published sample, invented numbers and residence permits', () => {
    const valid = ['11010519491231002X', MOTHER, '653125201508150008', FATHER]
    for (const id of valid) expect(fault(id)).toBeUndefined()
    fc.assert(fc.property(anyId, (id) => {
      expect(fault(id)).toBeUndefined()
    }))
  })

  it('names what is wrong', () => {
    expect(fault('653101900101000')).toBe('FORMAT') // the 15-digit card of before 1999
    expect(fault('11010519491231002x')).toBe('FORMAT') // not normalised
    expect(fault('003101199001010005')).toBe('FORMAT')
    expect(fault('993101199001010005')).toBe('FORMAT')
    expect(fault('653101199002300005')).toBe('NO_SUCH_DATE')
    expect(fault('653101179001010005')).toBe('NO_SUCH_DATE')
    expect(fault('653101199001010006')).toBe('CHECK_DIGIT')
  })

  it('catches any one wrong digit', () => {
    const place = fc.nat({ max: 17 })
    fc.assert(
      fc.property(anyId, place, fc.constantFrom(...'0123456789X'), (id, at, digit) => {
        fc.pre(id[at] !== digit)
        expect(fault(id.slice(0, at) + digit + id.slice(at + 1))).toBeDefined()
      }),
      { numRuns: 2_000 },
    )
  })

  it('catches two neighbouring digits swapped', () => {
    fc.assert(
      fc.property(anyId, fc.nat({ max: 15 }), (id, at) => {
        fc.pre(id[at] !== id[at + 1])
        const swapped = `${id.slice(0, at)}${id[at + 1]}${id[at]}${id.slice(at + 2)}`
        expect(fault(swapped)).toBeDefined()
      }),
    )
  })

  it('says when the holder was born, the sex and the region', () => {
    expect(idNumberFacts(MOTHER)).toEqual({ bornOn: '1990-01-01', sex: 'female', region: '653101' })
    const odd = '65310119900101' + '001'
    expect(idNumberFacts(odd + checkDigit11643(odd))?.sex).toBe('male')
    expect(idNumberFacts('653101199001010006')).toBeUndefined()
  })

  it('refuses to compute a check digit of anything but 17 digits', () => {
    expect(checkDigit11643('65312519851204000')).toBe('X')
    expect(() => checkDigit11643('6531')).toThrow(RangeError)
  })
})

describe('credit codes (GB 32100-2015)', () => {
  const fault = (value: string) => judge({ type: 'creditCode' }, value)

  it('accepts a published code and generated ones', () => {
    expect(fault(CREDIT_CODE)).toBeUndefined()
    fc.assert(fc.property(anyCreditCode, (code) => {
      expect(fault(code)).toBeUndefined()
    }))
  })

  it('has no I, O, S, V or Z', () => {
    for (const letter of 'IOSVZ') {
      expect(fault(`1244090045640860${letter}U`)).toBe('FORMAT')
      expect(() => checkDigit32100(`1244090045640860${letter}`)).toThrow(RangeError)
    }
    expect(() => checkDigit32100('1244')).toThrow(RangeError)
  })

  it('catches any one wrong character', () => {
    const other = fc.constantFrom(...CREDIT_ALPHABET)
    fc.assert(
      fc.property(anyCreditCode, fc.nat({ max: 17 }), other, (code, at, letter) => {
        fc.pre(code[at] !== letter)
        expect(fault(code.slice(0, at) + letter + code.slice(at + 1))).toBeDefined()
      }),
      { numRuns: 2_000 },
    )
    expect(fault('12440900456408602T')).toBe('CHECK_DIGIT')
  })
})

describe('names', () => {
  const fault = (value: string, latin?: boolean) => judge({ type: 'name', latin }, value)

  it('accepts long names with "·" and rare characters of every extension', () => {
    for (const name of ['张三', '㛃㛃', '𠮷野', '𫍽𬭎', '\u{30001}\u{31350}', '〇一', '﨎小']) {
      expect(fault(name)).toBeUndefined()
    }
    expect(fault('阿'.repeat(24) + '·' + '吐'.repeat(25))).toBeUndefined()
    expect(fault('𠮷'.repeat(50))).toBeUndefined()
  })

  it('counts characters, not UTF-16 halves', () => {
    expect(fault('𠮷')).toBe('TOO_SHORT')
    expect(fault('𠮷'.repeat(51))).toBe('TOO_LONG')
    expect(judge({ type: 'name', maxLength: 60 }, '𠮷'.repeat(51))).toBeUndefined()
  })

  it('takes no digits, emoji or look-alikes, and Latin letters only where said', () => {
    for (const name of ['张3', '张😀', '张\u0000三', '张\ud842', '张_三', '张 三', '张•三']) {
      expect(fault(name)).toBe('BAD_CHARACTER')
    }
    expect(fault('Anna Schön')).toBe('BAD_CHARACTER')
    expect(fault("Anna O'Schön-Li", true)).toBeUndefined()
    expect(fault('Anna 2', true)).toBe('BAD_CHARACTER')
  })
})

describe('other values', () => {
  it.each<[ValueType, string, string | undefined]>([
    ['phone', '13800138000', undefined],
    ['phone', '12800138000', 'FORMAT'],
    ['phone', '1380013800', 'FORMAT'],
    ['phone', '09982822222', undefined],
    ['phone', '01012345678', undefined],
    ['phone', '0998282', 'FORMAT'],
    ['date', '2024-02-29', undefined],
    ['date', '2026-02-29', 'NO_SUCH_DATE'],
    ['date', '2026-2-9', 'FORMAT'],
    ['date', '1899-12-31', 'TOO_SMALL'],
    ['date', '2101-01-01', 'TOO_LARGE'],
    ['datetime', '2026-01-05 23:59', undefined],
    ['datetime', '2026-01-05 24:00', 'NO_SUCH_DATE'],
    ['datetime', '2026-02-30 10:00', 'NO_SUCH_DATE'],
    ['datetime', '2026-01-05', 'FORMAT'],
    ['region', '653101', undefined],
    ['region', '653101001', undefined],
    ['region', '喀什市', 'FORMAT'],
    ['address', '人民路', 'TOO_SHORT'],
    ['address', '喀什市人民东路8号', undefined],
    ['address', '喀什市\n人民东路8号', 'BAD_CHARACTER'],
    ['address', '喀'.repeat(201), 'TOO_LONG'],
    ['certificateNumber', 'W650000001', undefined],
    ['certificateNumber', '6500000011', 'FORMAT'],
    ['text', '两行\n文字', undefined],
    ['text', '字'.repeat(501), 'TOO_LONG'],
  ])('%s %j: %s', (type, value, expected) => {
    expect(judge({ type }, value)).toBe(expected)
  })

  it('holds numbers to their range and decimals', () => {
    const weight = { type: 'number', min: 300, max: 8000 } as const
    expect(judge(weight, '3250')).toBeUndefined()
    expect(judge(weight, '299')).toBe('TOO_SMALL')
    expect(judge(weight, '8001')).toBe('TOO_LARGE')
    expect(judge(weight, '3250.5')).toBe('FORMAT')
    expect(judge({ ...weight, decimals: 1 }, '3250.5')).toBeUndefined()
    expect(judge({ ...weight, decimals: 1 }, '3250.55')).toBe('FORMAT')
    for (const value of ['1e3', 'NaN', '0x10', '.5', '5.']) {
      expect(judge({ type: 'number', decimals: 2 }, value)).toBe('FORMAT')
    }
    expect(judge({ type: 'number' }, '9'.repeat(400))).toBe('TOO_LARGE')
  })

  it('takes only the options offered', () => {
    const options = [{ value: 'yes' }, { value: 'no' }]
    expect(judge({ type: 'choice', options }, 'no')).toBeUndefined()
    expect(judge({ type: 'choice', options }, 'maybe')).toBe('NOT_AN_OPTION')
    expect(judge({ type: 'choice' }, 'yes')).toBe('NOT_AN_OPTION')
    const kashgar = [{ value: '653101' }]
    expect(judge({ type: 'region', options: kashgar }, '653125')).toBe('NOT_AN_OPTION')
  })

  it('leaves blanks to the form', () => {
    for (const type of TYPES) expect(judge({ type, minLength: 3 }, '')).toBeUndefined()
  })

  it('lets NUL, controls and lone surrogates through nowhere (S33)', () => {
    const bad = fc.constantFrom(
      '\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\ud800', '\udfff')
    const part = fc.string({ unit: fc.constantFrom(...'张三1A ·') })
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), part, bad, part, (type, before, evil, after) => {
        const text = `a${before}${evil}${after}b`
        expect(judge({ type }, text)).toBe('BAD_CHARACTER')
        expect(judge({ type }, normalise(type, text))).toBe('BAD_CHARACTER')
      }),
      { numRuns: 2_000 },
    )
  })

  it('judges anything without throwing (S33)', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), anyText, (type, raw) => {
        judge({ type }, raw)
        judge({ type }, normalise(type, raw))
        mask(type, raw)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('mask', () => {
  it.each<[ValueType, string, string]>([
    ['idNumber', MOTHER, '6531**********0005'],
    ['idNumber', '6531', '****'],
    ['phone', '13800131234', '138****1234'],
    ['name', '张三', '张*'],
    ['name', '欧阳小三', '欧**三'],
    ['name', '𠮷野家', '𠮷**家'],
    ['name', '张', '*'],
    ['name', '阿依古丽·吐尔逊', '阿依古丽·**'],
    ['address', '喀什市人民东路8号', '喀什市人民东****'],
    ['certificateNumber', 'W650000001', 'W******001'],
    ['text', '一段话', '****'],
    ['creditCode', CREDIT_CODE, CREDIT_CODE],
  ])('%s %j → %j', (type, value, expected) => {
    expect(mask(type, value)).toBe(expected)
  })

  it('hides at least ten characters of every ID number', () => {
    fc.assert(fc.property(anyId, (id) => {
      expect(mask('idNumber', id).split('*')).toHaveLength(11)
    }))
  })
})
