import type { TaskActionBody } from '@core/contract/task'
import { Button } from 'antd'
import { AskList } from '../../components/ask-list'
import type { Acting } from '../../stores/act'
import type { Asks } from '../../stores/asks'

/** Goes to the window, which puts what all departments ask into one round. */
export function AskRound({ asks, acting }: { asks: Asks; acting: Acting<TaskActionBody> }) {
  const send = async () => {
    const ready = asks.ready()
    if (ready && await acting.act({ do: 'request-correction', asks: ready })) asks.clear()
  }
  return <AskList asks={asks.asks} tried={asks.tried} onReason={asks.setReason}
    onRemove={asks.remove}>
    <div className='asks-send'>
      <span className='quiet gap'>交给综合窗口，和其他部门的一起一次告知；等补正时不计时。</span>
      <Button onClick={asks.clear}>清空</Button>
      <Button type='primary' loading={acting.busy} onClick={() => void send()}>提交给窗口</Button>
    </div>
  </AskList>
}
