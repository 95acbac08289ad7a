import { useEffect, useId } from 'react'
import { focusOn } from '@/platform/focus'
import { Box, Tap } from './box'
import { Icon } from './icon'
import { Worded } from './worded'

export interface FieldProblem {
  /** The id of the field it is about. */
  field: string
  text: string
}

/** All problems of a page, at its top; takes focus when shown. `key` it by the attempt. */
export function ErrorSummary({ problems, onOpen = focusOn }: {
  problems: FieldProblem[]
  /** shows the field where it is not on this page */
  onOpen?: (field: string) => void
}) {
  const id = useId().replace(/:/g, '')
  const shown = problems.length > 0
  useEffect(() => {
    if (shown) focusOn(id)
  }, [id, shown])
  if (!shown) return null
  return (
    <Box className="errors" id={id} role="alert" focusable>
      <Box as="h2" className="errors-title">
        <Icon name="alert" />
        <Worded>{`有 ${problems.length} 处需要修改`}</Worded>
      </Box>
      <Box as="ul" className="errors-list">
        {problems.map(({ field, text }) => (
          <Box as="li" key={field}>
            <Tap className="link link-error" onTap={() => onOpen(field)}>
              <Worded>{text}</Worded>
            </Tap>
          </Box>
        ))}
      </Box>
    </Box>
  )
}
