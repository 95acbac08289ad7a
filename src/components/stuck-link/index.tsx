import { useAboutPage } from '@/components/help-line'
import { goTo } from '@/platform/navigation'
import { LinkButton } from '@/ui/button'

const WORDS = {
  unresolved: '办不成？反映“办不成事”', inquiry: '过不去？写下来请人帮忙',
} as const

/**
 * Beside a refusal: a person, told where one was stopped.
 * @param kind  办不成事 is under one's real name; before that is known it is a question
 */
export function StuckLink({ kind = 'unresolved' }: { kind?: keyof typeof WORDS }) {
  const about = useAboutPage()
  return (
    <LinkButton onTap={() => goTo('help', { ...about, kind })}>{WORDS[kind]}</LinkButton>
  )
}
