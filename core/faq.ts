/** 常见问题: what people ask of every topic, answered from the topic's own guide. */
import type { Guide } from './guide'

export interface Faq {
  ask: string
  answer: string
  /** words by which people mean it */
  words: readonly string[]
}

const MOST_LISTED = 8
const MOST_ANSWERS = 3
/** Two characters in common may be chance. */
const LEAST_SCORE = 2
const SAYS = { word: 3, asked: 2, answered: 1 }
/** Stand in any question and tell nothing of what is asked. */
const FILLERS = /怎么办|怎么|什么|多少|可以|能不能|请问|我想|需要|你好|您好|一下|这个/g

/** Every question the guide answers by itself, the general ones first. */
export function faqOf(guide: Guide): Faq[] {
  const { items, materials, deadlines, notices, stops, contacts } = guide
  const needed = materials.filter(({ optional }) => !optional)
  const always = needed.filter(({ when }) => when === '').map(({ title }) => title)
  const depending = needed.length - always.length
  const fees = [...new Set(items.map(({ fee }) => fee))]
  const visits = items.flatMap(({ onsite, name }) => onsite.map(({ text }) => `${name}：${text}`))
  return [
    {
      ask: `“${guide.title}”要多久？`, words: ['多久', '几天', '时间', '什么时候', '时限', '快'],
      answer: `全部办完最长 ${guide.days} 个工作日。`,
    },
    {
      ask: `“${guide.title}”要什么材料？`, words: ['材料', '带什么', '证件', '资料', '准备'],
      answer: [
        always.length > 0 ? `都要：${listed(always)}。` : '',
        depending > 0 ? `另有 ${depending} 项看您的情况，回答几个问题就知道。` : '',
        '有电子证照的不用拍照。',
      ].join(''),
    },
    {
      ask: `“${guide.title}”收费吗？`, words: ['收费', '多少钱', '费用', '要钱', '免费'],
      answer: fees.length === 1 ? `${fees[0]}。` : `${listed(items.map(({ name, fee }) =>
        `${name}：${fee}`), '；')}。`,
    },
    {
      ask: `“${guide.title}”要去现场吗？`, words: ['现场', '去哪', '哪里', '在哪', '到场', '地方', '跑'],
      answer: visits.length > 0 ? `${listed(visits, '；')}` : '不用，全程在网上办。',
    },
    {
      ask: `“${guide.title}”问哪个部门？`, words: ['电话', '部门', '问谁', '单位'],
      answer: listed(contacts.map(({ name, phone }) => `${name}${phone ? ` ${phone}` : ''}`), '；'),
    },
    ...stops.map(({ title, text, next }) => ({ ask: title, answer: `${text}${next}`, words: [] })),
    ...deadlines.map(({ text, missed }) => ({
      ask: text, answer: missed, words: ['期限', '过期', '晚了'],
    })),
    ...notices.map(({ text }) => ({ ask: '请注意', answer: text, words: [] })),
    ...items.map(({ name, department, promised, result }) => ({
      ask: `${name}归谁办、要多久？`, words: [],
      answer: `${department}办，承诺 ${promised}，办好得到${result}。`,
    })),
  ]
}

function listed(parts: readonly string[], by = '、'): string {
  const more = parts.length > MOST_LISTED ? `等 ${parts.length} 项` : ''
  return `${parts.slice(0, MOST_LISTED).join(by)}${more}`
}

/** Those that may answer what is asked, the likeliest first; none rather than a wrong one. */
export function answersTo(asked: string, faqs: readonly Faq[]): Faq[] {
  const pairs = pairsOf(asked)
  return faqs
    .map((faq) => ({ faq, score: scoreOf(asked, pairs, faq) }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_ANSWERS)
    .map(({ faq }) => faq)
}

function scoreOf(asked: string, pairs: readonly string[], { ask, answer, words }: Faq): number {
  const count = (text: string) => pairs.filter((pair) => text.includes(pair)).length
  const meant = words.some((word) => asked.includes(word)) ? SAYS.word : 0
  return meant + SAYS.asked * Math.min(2, count(ask)) + SAYS.answered * Math.min(2, count(answer))
}

function pairsOf(asked: string): string[] {
  const runs = asked.replace(FILLERS, ' ').match(/[\u4e00-\u9fff]+/g) ?? []
  return [...new Set(runs.flatMap((run) =>
    Array.from({ length: run.length - 1 }, (_, n) => run.slice(n, n + 2))))]
}
