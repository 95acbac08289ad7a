import type { RatingView } from '@core/contract/rating'
import { isLow } from '@core/rectification'
import { Fragment, useState } from 'react'
import { LEVELS } from '@/components/stars'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { SelectField, TextField } from '@/ui/fields'
import type { Given } from '@/stores/ratings'

/** A level, or none, by indicator and by item. */
export interface Levels {
  indicators: Readonly<Record<string, string>>
  items: Readonly<Record<string, string>>
  /** what is said of an item rated low */
  comments: Readonly<Record<string, string>>
}

export const NO_LEVELS: Levels = { indicators: {}, items: {}, comments: {} }
const MOST_CHARACTERS = 500

/** Only what was chosen. */
export function chosen(
  { indicators, items, comments }: Levels,
): Pick<Given, 'indicators' | 'items'> {
  const given = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).filter(([, level]) => level !== NONE)
  const [marks, parts] = [given(indicators), given(items)]
  return {
    ...(marks.length > 0
      ? { indicators: Object.fromEntries(marks.map(([id, level]) => [id, Number(level)])) } : {}),
    ...(parts.length > 0
      ? { items: parts.map(([id, level]) => ratedItem(id, Number(level), comments[id])) } : {}),
  }
}

function ratedItem(itemId: string, stars: number, said = '') {
  const comment = isLow(stars) ? said.trim() : ''
  return { itemId, stars, ...(comment ? { comment } : {}) }
}

const isLowLevel = (level: string | undefined) =>
  level !== undefined && level !== NONE && isLow(Number(level))

const NONE = 'none'
const OPTIONS = [{ value: NONE, label: '不评' }, ...LEVELS]

export interface DetailsProps {
  about: RatingView
  levels: Levels
  setLevels: (levels: Levels) => void
  /** the items alone, unfolded */
  open: boolean
}

/** 分项评价: nobody has to; every level is as near as any other. */
export function Details({ about, levels, setLevels, open }: DetailsProps) {
  const [unfolded, setUnfolded] = useState(open)
  const items = about.items.filter(({ rating }) => !rating)
  const indicators = open ? [] : about.form.indicators.filter(({ whole }) => !whole)
  if (items.length + indicators.length === 0) return null
  if (!unfolded) {
    return <Button kind="quiet" onTap={() => setUnfolded(true)}>再评几个方面（可以不评）</Button>
  }
  return (
    <>
      {indicators.length > 0 && <Box as="h2" className="rating-part">各个方面</Box>}
      {indicators.map(({ id, label }) => (
        <SelectField
          key={id} id={`indicator-${id}`} label={label} optional options={OPTIONS}
          value={levels.indicators[id] ?? NONE}
          onChange={(level) =>
            setLevels({ ...levels, indicators: { ...levels.indicators, [id]: level } })}
        />
      ))}
      {items.length > 0 && !open && <Box as="h2" className="rating-part">各个事项</Box>}
      {items.map(({ itemId, name, department }) => (
        <Fragment key={itemId}>
          <SelectField
            id={`item-${itemId}`} label={name} hint={department} optional
            options={OPTIONS} value={levels.items[itemId] ?? NONE}
            onChange={(level) =>
              setLevels({ ...levels, items: { ...levels.items, [itemId]: level } })}
          />
          {isLowLevel(levels.items[itemId]) && (
            <TextField
              id={`said-${itemId}`} label={`${name}：哪里没做好？`} optional multiline
              hint={`由${department}联系您、整改`} maxLength={MOST_CHARACTERS}
              value={levels.comments[itemId] ?? ''}
              onChange={(said) =>
                setLevels({ ...levels, comments: { ...levels.comments, [itemId]: said } })}
            />
          )}
        </Fragment>
      ))}
    </>
  )
}
