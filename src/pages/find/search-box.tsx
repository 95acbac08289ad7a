import { focusOn } from '@/platform/focus'
import { MOST_LETTERS } from '@/stores/find'
import { Box, LabelFor, Tap } from '@/ui/box'
import { Icon } from '@/ui/icon'
import { TextInput } from '@/ui/input'

export interface SearchBoxProps {
  typed: string
  type: (typed: string) => void
  /** At once, without waiting for a pause. */
  search: () => void
}

const ID = 'find'
const HINT = 'find-hint'

/** Where one types what one wants, with a button that empties it. */
export function SearchBox({ typed, type, search }: SearchBoxProps) {
  const clear = () => {
    type('')
    focusOn(ID)
  }
  return (
    <Box className="find-box">
      <LabelFor field={ID} className="field-label">用您自己的话说</LabelFor>
      {!typed && (
        <Box as="p" className="field-hint" id={HINT}>
          比如“孩子上户口”。拼音也可以，打错一个字也没关系。
        </Box>
      )}
      <Box className="find-input">
        <Icon name="search" className="find-icon" />
        <TextInput
          id={ID} label="用您自己的话说" value={typed} maxLength={MOST_LETTERS}
          describedBy={typed ? undefined : HINT} onChange={type} onDone={search}
        />
        {typed && (
          <Tap className="find-clear" label="清空" onTap={clear}><Icon name="close" /></Tap>
        )}
      </Box>
    </Box>
  )
}
