/** What moved since the version a draft was filled under, until the citizen has seen all of it. */
import type { Topic } from '@core/contract/topic'
import { type Moved, movedBetween } from '@core/moved'
import { Refused } from '@core/refusal'
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { getTopicVersion } from '@/api/topics'
import { watchNetwork } from '@/platform/network'
import { setDraft } from './drafts'
import type { Filling } from './filling'

interface State {
  /** versions that drafts were filled under, by topic and version; null: kept nowhere */
  old: Readonly<Record<string, Topic | null>>
  /** keys of parts looked at, and NOTICE once the list was read; by the draft's request id */
  seen: Readonly<Record<string, readonly string[]>>
}

const NOTICE = 'the notice'
const NONE: readonly string[] = []

const useMoves = create<State>()(() => ({ old: {}, seen: {} }))

export interface WhatMoved extends Moved {
  /** added or changed, and not looked at since */
  fresh: ReadonlySet<string>
  /** the list was read */
  told: boolean
}

/** Undefined where nothing moved, and while it is not known what did. */
export function useMoved({ topic, draft, plan }: Filling): WhatMoved | undefined {
  const { requestId, topicVersion, answers, form, materials } = draft.body
  const behind = topicVersion < topic.version
  const before = useOld(topic.id, behind ? topicVersion : undefined)
  const seen = useMoves((state) => state.seen[requestId]) ?? NONE
  const moved = useMemo(
    () => (before ? movedBetween(before, topic, { answers, form, materials }) : undefined),
    [before, topic, answers, form, materials],
  )
  const parts = moved ? [...moved.added, ...moved.changed].map(({ key }) => key) : NONE
  const fresh = parts.filter((key) => !seen.includes(key))
  const told = seen.includes(NOTICE)
  const isOver = moved !== undefined && told && fresh.length === 0 && !plan.next
  useEffect(() => {
    if (isOver) setDraft(topic.id, { topicVersion: topic.version })
  }, [isOver, topic.id, topic.version])
  return moved && (parts.length > 0 || moved.removed.length > 0)
    ? { ...moved, fresh: new Set(fresh), told }
    : undefined
}

/** The topic as it was; asked for again when a network comes back. */
function useOld(topicId: string, version: number | undefined): Topic | undefined {
  const key = `${topicId}@${version ?? ''}`
  const known = useMoves(({ old }) => old[key])
  useEffect(() => {
    if (version === undefined || known !== undefined) return undefined
    return watchNetwork((connected) => {
      if (connected) void fetchOld(topicId, version, key)
    })
  }, [topicId, version, key, known])
  return known ?? undefined
}

async function fetchOld(topicId: string, version: number, key: string): Promise<void> {
  try {
    keep(key, await getTopicVersion(topicId, version))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // out of reach: the next network asks again
    if (error.code === 'NOT_FOUND') keep(key, null)
  }
}

function keep(key: string, topic: Topic | null) {
  useMoves.setState(({ old }) => ({ old: { ...old, [key]: topic } }))
}

/** What to show of it on a page of the way, and how it is put away. */
export function useMovedNotice(filling: Filling) {
  const moved = useMoved(filling)
  const { requestId } = filling.draft.body
  return moved && !moved.told
    ? { moved, onRead: () => look(requestId, [NOTICE]) }
    : undefined
}

/** Parts that were on a screen are no news once it is left. */
export function useLookedAt({ draft }: Filling, keys: readonly string[]) {
  const { requestId } = draft.body
  const joined = keys.join(' ')
  useEffect(() => () => look(requestId, joined.split(' ')), [requestId, joined])
}

function look(requestId: string, keys: readonly string[]) {
  useMoves.setState(({ seen }) => ({
    seen: { ...seen, [requestId]: [...new Set([...seen[requestId] ?? [], ...keys])] },
  }))
}
