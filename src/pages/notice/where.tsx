import type { LocalFields } from '@core/contract/hall'
import type { Region } from '@core/contract/home'
import type { Plan } from '@core/plan'
import { CountyField } from '@/components/county-field'
import { HallCard, type Venue, venueOf } from '@/components/hall-card'
import { goTo } from '@/platform/navigation'
import { setDraft } from '@/stores/drafts'
import type { Filling } from '@/stores/filling'
import { useNow } from '@/stores/now'
import { choicesOf, placeOf, usePlaces } from '@/stores/place'
import { setRegion, useSettings } from '@/stores/settings'
import { Box } from '@/ui/box'

/** Where this draft will be filed: it keeps the place it was begun in. */
export function usePlaceOf({ topic, draft }: Filling): Region | undefined {
  const own = useSettings(({ region }) => region)
  return placeOf(usePlaces().places, draft.body.regionCode ?? own, topic.audience)
}

/** 去哪里办: where the items that ask for a visit are taken in, then the hall for all of it. */
export function WhereToGo({ filling, place }: { filling: Filling; place: Region }) {
  const { topic, plan } = filling
  const { places, calendar } = usePlaces()
  const at = useNow()
  const choose = (code: string) => {
    setDraft(topic.id, { regionCode: code })
    // A zone holds for this topic alone: other things are done in a county.
    if (choicesOf(places, 'person').some((county) => county.code === code)) setRegion(code)
  }
  const visited = new Set(plan.onsite.map(({ itemId }) => itemId))
  const venues = venuesOf(place, plan.items.filter(({ item }) => visited.has(item.id)))
  return (
    <Box as="section" className="where">
      <Box as="h2" className="where-title">去哪里办</Box>
      <Box as="p" className="where-note">
        {visited.size > 0
          ? '大部分在手机上就能办，只有要到场的才去。'
          : '全部在手机上就能办。想到窗口办，也可以去大厅。'}
      </Box>
      <CountyField value={place.code} audience={topic.audience} onChange={choose} />
      {venues.map((venue) => <HallCard key={venue.name} hall={venue} {...{ calendar, at }} />)}
      {place.halls.map((one) => (
        <HallCard
          key={one.id} hall={one} folded {...{ calendar, at }}
          onBook={() => goTo('booking', { hall: one.id, topic: topic.id })}
        />
      ))}
    </Box>
  )
}

/** Where the county takes these items in, a venue once however many items share it. */
function venuesOf({ halls: [hall], items }: Region, visited: Plan['items']): Venue[] {
  const shared = new Map<string, { names: string[]; local: LocalFields }>()
  for (const { item } of visited) {
    const local = items[item.id]
    if (!local) continue
    const key = JSON.stringify(local)
    const names = [...shared.get(key)?.names ?? [], item.short]
    shared.set(key, { names, local })
  }
  if (!hall) return []
  return [...shared.values()].map(({ names, local }) =>
    venueOf(`${names.join('、')}：到这里办`, hall, local))
}
