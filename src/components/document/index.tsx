import { shanghaiDate } from '@core/clock'
import { type Fact, Facts } from '@/ui/card'
import { Box, Words } from '@/ui/box'
import { fullDayWords } from '../moment'
import { titled } from '@core/titled'
import './index.scss'

export interface DocumentProps {
  name: string
  issuer: string
  issuedAt: string
  /** issued by a demonstration system: marked 样本 all over */
  sample: boolean
  facts: readonly Fact[]
}

/** A result as an official paper: double border, issuer and date at its foot. */
export function Document({ name, issuer, issuedAt, sample, facts }: DocumentProps) {
  return (
    <Box as="section" className="document" label={titled(name)}>
      {sample && <Words className="document-sample">样本</Words>}
      <Box as="h2" className="document-name">{name}</Box>
      <Facts facts={[...facts]} />
      <Box as="p" className="document-issuer">{issuer}</Box>
      <Box as="p" className="document-date">{fullDayWords(shanghaiDate(issuedAt))}</Box>
      {sample && (
        <Box as="p" className="document-note">演示系统签发的样本，不能作为证明使用。</Box>
      )}
    </Box>
  )
}
