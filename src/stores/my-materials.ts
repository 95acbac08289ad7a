/** 我的材料: what one's earlier cases used and may serve again; asked once a session. */
import type { MyMaterial } from '@core/contract/material'
import type { PlannedMaterial } from '@core/materials'
import { useEffect } from 'react'
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { getMyMaterials } from '@/api/materials'
import { useSession } from './session'

const useMine = create<{ list: readonly MyMaterial[] | undefined }>()(() => ({ list: undefined }))

/** Those that could stand for a material; none while out of reach: a photo can still be taken. */
export function useMyMaterials(): (material: PlannedMaterial) => MyMaterial[] {
  const list = useMine((mine) => mine.list)
  const signedIn = useSession(({ me }) => me?.verified === true)
  useEffect(() => {
    if (!signedIn || list) return
    getMyMaterials().then((found) => useMine.setState({ list: found })).catch(asRefused)
  }, [signedIn, list])
  return ({ id, sides, maxPages }) => (list ?? []).filter(({ kind, ids }) =>
    kind === id && ids.length >= sides.length && ids.length <= maxPages)
}

useSession.subscribe(({ token }, before) => {
  if (token !== before.token) useMine.setState({ list: undefined })
})
