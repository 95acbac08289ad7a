import { shanghaiDate } from '@core/clock'
import type { CaseView } from '@core/contract/case'
import { dayWords } from '@core/timeline'
import { asksRating } from '@core/tone'
import { useRouter } from '@tarojs/taro'
import { saveReceipt } from '@/api/cases'
import { useInSight } from '@/stores/in-sight'
import { Joins } from '@/components/joins'
import { momentWords } from '@/components/moment'
import { Saving } from '@/components/saving'
import { SeasonNote } from '@/components/season-note'
import { WaitingPage } from '@/components/waiting-page'
import { WechatOffer } from '@/components/wechat-offer'
import { copyText } from '@/platform/clipboard'
import { goBack, goTo, startOver } from '@/platform/navigation'
import { callPhone } from '@/platform/phone-call'
import { useGuard } from '@/stores/account'
import { useFiled } from '@/stores/filed'
import { useWatchedCase } from '@/stores/watched-case'
import { useWechatOffer } from '@/stores/wechat'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { showToast } from '@/ui/toast'
import './index.scss'

async function copy(number: string) {
  const copied = await copyText(number)
  showToast(copied ? '编号已复制' : '没有复制成功，请手抄编号', copied ? 'done' : 'error')
}

/** 受理回执: it has arrived; what happens next and by when (U11). Opens again later. */
export default function ReceiptPage() {
  const { id = '', again } = useRouter<{ id: string; again?: string }>().params
  useGuard({ page: 'receipt', params: { id, again }, inSight: useInSight() })
  const { kept, refused, refresh } = useWatchedCase(id)
  const onBack = again ? goBack : () => startOver()
  if (!kept) {
    return <WaitingPage title="提交回执" refused={refused} onRetry={refresh} onBack={onBack} />
  }
  return <Receipt view={kept.view} isNew={!again} onBack={onBack} />
}

interface ReceiptProps {
  view: CaseView
  /** it was sent just now */
  isNew: boolean
  onBack: () => void
}

function Receipt({ view, isNew, onBack }: ReceiptProps) {
  const { id, number, topicTitle, submittedAt, acceptBy, tasks, contact, regionCode } = view
  const { topic, filed } = useFiled(view)
  const offer = useWechatOffer()
  return (
    <Page
      title={isNew ? '申请已提交' : '提交回执'}
      onBack={onBack}
      footer={<Button onTap={() => goTo('case', { id })}>查看办理进度</Button>}
    >
      <Box className="receipt">
        {isNew && topic && asksRating(topic) && (
          <Words className="receipt-mark"><Icon name="check" /></Words>
        )}
        <Box as="p" className="receipt-title">{topicTitle}</Box>
        <Box as="p" className="receipt-term">办件编号</Box>
        <Box as="p" className="receipt-number">{number}</Box>
        <Button kind="quiet" compact onTap={() => void copy(number)}>复制编号</Button>
      </Box>
      <Saving label="保存回执" save={() => saveReceipt(id, number)} />
      {isNew && <WechatOffer offer={offer} />}
      {filed && (
        <SeasonNote plan={filed.plan} {...{ regionCode, filedOn: shanghaiDate(submittedAt) }} />
      )}
      <Card title="接下来">
        <Box as="ol" className="receipt-steps">
          <Box as="li">{`${contact.office}核对材料，最晚 ${dayWords(acceptBy)}前答复您。`}</Box>
          <Box as="li">
            {tasks.length > 1
              ? `受理以后，${tasks.length} 个事项由各部门办理，能同时办的同时办。`
              : '受理以后，由负责的部门办理。'}
          </Box>
          <Box as="li">有进展会发消息和短信；需要补正时，一次告诉您全部要补的内容。</Box>
        </Box>
      </Card>
      <Card title="办件信息">
        <Facts
          facts={[
            { term: '提交时间', value: momentWords(submittedAt) },
            { term: '受理窗口', value: contact.office },
            { term: '咨询电话', value: contact.phone },
          ]}
        />
        <Button kind="secondary" icon="phone" onTap={() => void callPhone(contact.phone)}>
          打电话咨询
        </Button>
      </Card>
      {filed && <Joins {...{ filed, regionCode }} />}
      {isNew && <Button kind="quiet" onTap={() => startOver()}>返回首页</Button>}
    </Page>
  )
}
