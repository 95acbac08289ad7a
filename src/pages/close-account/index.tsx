import { useCallback } from 'react'
import { closingWords } from '@core/holdings'
import { say } from '@core/refusal'
import { KIND_WORDS } from '@core/ticket-words'
import { ConfirmSelf } from '@/components/confirm-self'
import { useInSight } from '@/stores/in-sight'
import { getHoldings } from '@/api/me'
import { goBack, goTo, startOver } from '@/platform/navigation'
import { useGuard, useMe } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { closeForGood } from '@/stores/my-data'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, CardLink } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

const { erased, kept } = closingWords()

/** 注销账户: what goes, what the law keeps, what stands in the way, then a code. */
export default function CloseAccount() {
  useGuard({ page: 'close-account', params: {}, inSight: useInSight(), unverified: true })
  const { me } = useMe()
  const load = useCallback(async () => (token() ? getHoldings() : undefined), [])
  const { value, refused, again } = useLoaded(load)
  const open = value?.openCases ?? []
  const tickets = value?.openTickets ?? []
  const close = async () => {
    await closeForGood()
    showToast('账户已注销', 'done')
    startOver()
  }
  return (
    <Page title="注销账户" onBack={goBack} lead="注销后不能恢复。手机号可以重新开户。">
      <Card title="马上删除">
        <Box as="p">{`${erased.join('、')}。`}</Box>
      </Card>
      <Card title="按法律规定留下">
        <Box as="p">{`${kept.join('、')}。办件用到的材料随办件归档。`}</Box>
        <Box as="p">加密的短信发送记录，最多 30 天后自动删除。</Box>
      </Card>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {refused && !value && (
        <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
      )}
      {!value && !refused && <Loading />}
      {open.length > 0 && (
        <>
          <Notice kind="warn" title={`还有 ${open.length} 个办件没有办完，现在不能注销`}>
            <Box as="p">部门还要通过这个账户告诉您结果。办完或撤回后再来注销。</Box>
          </Notice>
          {open.map(({ id, number, topicTitle }) => (
            <CardLink
              key={id} title={topicTitle} note={`编号 ${number}`} onTap={() => goTo('case', { id })}
            />
          ))}
        </>
      )}
      {tickets.length > 0 && open.length === 0 && (
        <>
          <Notice kind="warn" title={`还有 ${tickets.length} 个求助没有结束，注销就会撤回`}>
            <Box as="p">账户没有了，就不能再答复您。想等答复，请先不要注销。</Box>
          </Notice>
          {tickets.map(({ id, number, kind }) => (
            <CardLink
              key={id} title={KIND_WORDS[kind].name} note={`编号 ${number}`}
              onTap={() => goTo('ticket', { id })}
            />
          ))}
        </>
      )}
      {value && open.length === 0 && (
        <Card title="确认注销">
          <ConfirmSelf
            by={value.confirmBy} phone={me?.phone ?? null} act="注销账户" danger onConfirmed={close}
          />
        </Card>
      )}
    </Page>
  )
}
