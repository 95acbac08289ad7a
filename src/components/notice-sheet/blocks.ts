/** The notice as a row of blocks: the page shows them, the saved picture draws the same ones. */
import type { Topic } from '@core/contract/topic'
import { everyOf } from '@core/form'
import { limitText } from '@core/limit'
import { type PlannedMaterial, toSupply } from '@core/materials'
import { type Plan, makePlan, usualFacts } from '@core/plan'
import { ofWhom } from '@core/titled'

export type NoticeBlock =
  | { is: 'title' | 'heading' | 'text' | 'note'; text: string }
  | { is: 'entry'; title: string; lines: readonly string[] }

const heading = (text: string): NoticeBlock => ({ is: 'heading', text })

/** Everything the notice says. Pure; the day and the seasons are given ready to read. */
export function noticeBlocks(
  topic: Topic,
  plan: Plan,
  { place, day, seasons }: { place: string; day: string; seasons: readonly string[] },
): NoticeBlock[] {
  const visits = plan.onsite.map(({ text, who }) => ({ title: text, lines: [`谁去：${who}`] }))
  const times = plan.deadlines.map(({ text, missed, basis }) =>
    ({ title: text, lines: [missed, `依据：${basis.law}${basis.article}`] }))
  const notes = plan.notices.map(({ text }): NoticeBlock => ({ is: 'text', text }))
  // of a list of people one stands for all
  const papers = toSupply(plan.materials).filter(({ row = 1 }) => row === 1)
  return [
    { is: 'title', text: `${topic.title}一次告知单` },
    { is: 'note', text: `${place}，${day}，要求第 ${topic.version} 版` },
    { is: 'text', text: sumUp(plan) },
    ...seasons.map((text): NoticeBlock => ({ is: 'text', text })),
    ...notes,
    heading(`办理 ${plan.items.length} 项`),
    ...entries(itemEntries(topic, plan)),
    heading('填写的内容'),
    { is: 'text', text: fieldText(topic, plan) },
    heading(`交 ${papers.length} ${papers.some(({ row }) => row) ? '种' : '份'}材料`),
    ...entries(papers.map(materialEntry)),
    ...(visits.length > 0 ? [heading('要到场办的'), ...entries(visits)] : []),
    ...(times.length > 0 ? [heading('您要记住的时间'), ...entries(times)] : []),
    { is: 'text', text: '本单以外不再要求提供其他材料。' },
    { is: 'note', text: '提交后会生成带编号的正式告知单。' },
  ]
}

function sumUp({ days, items }: Plan): string {
  const draft = items.some(({ item }) => item.status === 'draft') ? '（参考）' : ''
  const rolling = days === 0 ? '材料齐全的当场办结' : `全程最长 ${days} 个工作日`
  const length = items.some(({ season }) => season) ? '结果按报名时间告诉您' : rolling
  return `${length}${draft}，能同时办的同时办。`
}

/** Counted by the usual values, since a few fields hang on others that are not filled in yet. */
function fieldText(topic: Topic, { answers }: Plan): string {
  const { form } = makePlan(topic, usualFacts(topic, { answers, form: {} }))
  const asked = form.filter(({ certain }) => certain)
  const people = [...new Set(asked.map(everyOf))]
  return `共 ${asked.length} 项，关于${people.join('、')}。能从电子证照带出的不用填。`
}

type Entry = Omit<Extract<NoticeBlock, { is: 'entry' }>, 'is'>

const entries = (list: readonly Entry[]) =>
  list.map((one): NoticeBlock => ({ is: 'entry', ...one }))

function itemEntries(topic: Topic, plan: Plan): Entry[] {
  const officeOf = new Map(topic.departments.map(({ id, name }) => [id, name]))
  return plan.items.map(({ item, season }) => ({
    title: item.name,
    lines: [
      `${officeOf.get(item.department) ?? item.department}，${
        season ? '按报名时间' : limitText(item.promised)}${
        item.status === 'draft' ? '（参考）' : ''}`,
      `${item.fee.text}：${item.fee.basis}`,
      `依据：${item.basis.map(({ law, article }) => `${law}${article}`).join('；')}`,
    ],
  }))
}

function materialEntry(material: PlannedMaterial): Entry {
  return {
    title: `${ofWhom(everyOf(material), material.name)}${material.optional ? '（选填）' : ''}`,
    lines: [
      material.how === 'declaration' ? '在手机上确认，不用拍照' : `拍清楚：${material.content}`,
      ...(material.certificate ? ['有电子证照的不用拍照'] : []),
    ],
  }
}
