/** What staff of the catalogue desk read of drafts and versions. */
import type { TopicVersions } from '@core/contract/editing'
import type { DraftAction, DraftState, StepOf } from '@core/editing'
import type { Tone } from './states'

export const DRAFT_WORDS: Record<DraftState, { name: string; tone: Tone }> = {
  draft: { name: '修订中', tone: 'going' },
  submitted: { name: '待审核', tone: 'todo' },
  approved: { name: '待发布', tone: 'todo' },
  published: { name: '已发布', tone: 'done' },
  discarded: { name: '已放弃', tone: 'done' },
}

export const STEP_WORDS: Record<StepOf, string> = {
  open: '开始修订', save: '保存', rebase: '更新底稿', submit: '提交审核', withdraw: '撤回',
  discard: '放弃', approve: '审核通过', return: '退回修改', publish: '发布',
}

/** Asked before it is done; the others are done at once. */
export const STEP_QUESTIONS: Partial<Record<DraftAction, string>> = {
  submit: '提交以后不能再改，等两位审核发布人员处理。',
  approve: '通过以后，还要由另一位人员发布。',
  publish: '发布以后马上生效，群众看到的就是新版本；已经申报的办件仍按原来的版本办。',
  discard: '这份修订稿里的改动都不要了？',
  withdraw: '撤回以后可以继续修改，审核要重新来。',
  rebase: '现行版本已经更新。更新底稿后，请在“差别”里再看一遍自己的改动。',
}

type How = TopicVersions['versions'][number]['how']
export const howWords = (how: How): string => {
  switch (how) {
    case 'desk': return '在目录台发布'
    case 'along': return '随其他主题的共用事项更新'
    case 'release': return '随系统发布'
    case null: return '早期版本'
  }
}

/** Records a draft is made of. */
export const KIND_WORDS = {
  topic: '主题', items: '事项', elements: '数据项', materials: '材料',
} as const
export type RecordKind = keyof typeof KIND_WORDS
