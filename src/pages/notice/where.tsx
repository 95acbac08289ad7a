import type { Region } from '@core/contract/home'
import { CountyField } from '@/components/county-field'
import { HallCard, venueOf } from '@/components/hall-card'
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
  const [hall] = place.halls
  const visited = [...new Set(plan.onsite.map(({ itemId }) => itemId))]
  const venues = visited.flatMap((id) => {
    const local = place.items[id]
    const item = plan.items.find((one) => one.item.id === id)?.item
    return hall && local && item ? [venueOf(`${item.short}：到这里`, hall, local)] : []
  })
  return (
    <Box as="section" className="where">
      <Box as="h2" className="where-title">去哪里办</Box>
      <Box as="p" className="where-note">
        {visited.length > 0
          ? '大部分在手机上就能办，只有要到场的才去。'
          : '全部在手机上就能办。想到窗口办，也可以去大厅。'}
      </Box>
      <CountyField value={place.code} audience={topic.audience} onChange={choose} />
      {venues.map((venue) => <HallCard key={venue.name} hall={venue} {...{ calendar, at }} />)}
      {place.halls.map((one) => <HallCard key={one.id} hall={one} folded {...{ calendar, at }} />)}
    </Box>
  )
}
