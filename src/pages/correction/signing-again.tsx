import { say } from '@core/refusal'
import { SignerCard } from '@/components/signer-card'
import { allSigned } from '@/stores/signing'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'
import type { useSigningAgain } from './use-signing-again'

/** The others who signed: each has to sign the corrected application before it is sent. */
export function SigningAgain({ signers, busy, refused, ask, refresh }: ReturnType<
  typeof useSigningAgain
>) {
  if (signers.length === 0) return null
  const asked = signers.some(({ code }) => code !== null)
  const done = allSigned(signers)
  return (
    <Box as="section" className="asked">
      {done
        ? <Notice kind="good" title="都重新签好了">可以提交补正了。提交以前不要再改内容。</Notice>
        : (
          <Notice kind="warn" title="改的内容要请签过名的人重签">
            他们签的是改以前的内容。各人用自己的手机看过新内容再签一次，都签好了就能提交补正。
          </Notice>
        )}
      {refused && <Notice kind="error" title="没有成功">{say(refused)}</Notice>}
      {signers.map((one) => <SignerCard key={one.id} signer={one} />)}
      {!done && (
        <Button kind="secondary" busy={busy} onTap={ask}>
          {busy ? '正在邀请' : asked ? '再次邀请签名' : '发短信邀请重签'}
        </Button>
      )}
      {asked && !done && (
        <Button kind="quiet" icon="retry" onTap={refresh}>看看签了没有</Button>
      )}
    </Box>
  )
}
