/** A genuine paper of ours: what it is worth now, and which it is. */
import { certificateRows } from '@core/certificate'
import type { PaperState, Verification } from '@core/contract/document'
import { Document } from '@/components/document'
import { Notice } from '@/ui/status'

const TITLES: Readonly<Record<Exclude<PaperState, 'valid'>, string>> = {
  expired: '已过有效期', revoked: '已撤销', replaced: '有新的一份', withdrawn: '申请已撤回',
}

export function Paper({ paper, genuine }: {
  paper: Verification
  /** said of one that is valid */
  genuine: { title: string; text: string }
}) {
  const { kind, state, name, number, holder, issuer, issuedAt, sample, certificate } = paper
  return (
    <>
      {state === 'valid'
        ? <Notice kind="good" title={genuine.title}>{genuine.text}</Notice>
        : (
          <Notice kind={state === 'revoked' || state === 'expired' ? 'error' : 'warn'}
            title={TITLES[state]}
          >
            {wordsOf(paper)}
          </Notice>
        )}
      <Document
        name={name} issuer={issuer} issuedAt={issuedAt} sample={sample}
        facts={[
          { term: '编号', value: number },
          { term: kind === 'result' ? '持有人' : '申请人', value: holder },
          ...certificateRows(certificate),
        ]}
      />
    </>
  )
}

function wordsOf({ kind, state, since }: Verification): string {
  const paper = kind === 'result' ? '这个结果' : '这份文书'
  switch (state) {
    case 'valid': return ''
    case 'expired': return `${paper}确实由签发部门签发，但是有效期到 ${since ?? ''} 为止，请勿使用。`
    case 'revoked':
      return `签发部门${since ? `已于 ${since} ` : '已'}撤销${paper}，请勿使用。`
    case 'replaced':
      return `${paper}确实由本平台签发，${since ?? ''} 又发了新的一份，请以新的为准。`
    case 'withdrawn':
      return `${paper}确实由本平台签发，申请人${since ? `已于 ${since} ` : '后来'}撤回申请，不再办理。`
  }
}
