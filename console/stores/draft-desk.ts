/**
 * What somebody has written in a draft and not saved yet, record by record. It outlives a look at
 * another page; closing the window asks first.
 */
import type { DraftView, SaveDraft } from '@core/contract/editing'
import { same } from '@core/editing'
import { create } from 'zustand'
import type { RecordKind } from '../words/editing'

export interface Ref {
  kind: RecordKind
  id: string
}
export type Source = Readonly<Record<string, unknown>> & { readonly id: string }
type Written = Readonly<Record<string, Source>>

const useWritten = create<{ of: Readonly<Record<string, Written>> }>()(() => ({ of: {} }))

const keyOf = ({ kind, id }: Ref) => `${kind}:${id}`
const LISTS = ['items', 'elements', 'materials'] as const

window.addEventListener('beforeunload', (event) => {
  const { of } = useWritten.getState()
  if (Object.values(of).some((written) => Object.keys(written).length > 0)) event.preventDefault()
})

export function forgetWritten(draftId: string): void {
  useWritten.setState(({ of }) => ({ of: { ...of, [draftId]: {} } }))
}

const NOTHING: Written = {}

export interface DraftDesk {
  /** as it would be saved */
  record: (ref: Ref) => Source | undefined
  write: (ref: Ref, record: Source) => void
  isWritten: (ref: Ref) => boolean
  count: number
  /** what to send, with the revision it is based on */
  body: () => Omit<SaveDraft, 'requestId'>
  forget: () => void
}

export function savedRecord({ parts }: DraftView, { kind, id }: Ref): Source | undefined {
  const all: readonly { id: string }[] = kind === 'topic' ? [parts.topic] : parts[kind]
  // a record of the catalogue is an object with an id
  return all.find((one) => one.id === id) as Source | undefined
}

export function useDraftDesk(view: DraftView): DraftDesk {
  const written = useWritten((state) => state.of[view.id] ?? NOTHING)
  const write = (ref: Ref, record: Source) => {
    const { [keyOf(ref)]: _former, ...others } = written
    const next = same(record, savedRecord(view, ref)) ? others : { ...others, [keyOf(ref)]: record }
    useWritten.setState(({ of }) => ({ of: { ...of, [view.id]: next } }))
  }
  const ofKind = (kind: RecordKind) => Object.entries(written)
    .filter(([key]) => key.startsWith(`${kind}:`)).map(([, record]) => record)
  return {
    record: (ref) => written[keyOf(ref)] ?? savedRecord(view, ref),
    write,
    isWritten: (ref) => keyOf(ref) in written,
    count: Object.keys(written).length,
    body: () => {
      const [topic] = ofKind('topic')
      const [items = [], elements = [], materials = []] = LISTS.map(ofKind)
      return { revision: view.revision, ...(topic ? { topic } : {}), items, elements, materials }
    },
    forget: () => forgetWritten(view.id),
  }
}
