import type { Refusal } from '@core/refusal'
import { Alert, Button } from 'antd'
import { sayToStaff } from '../words/refusals'

/** Something was refused or did not come; what one has stays as it is. */
export function Trouble({ refusal, onRetry, onClose }: {
  refusal: Refusal | undefined
  onRetry?: () => void
  onClose?: () => void
}) {
  if (!refusal) return null
  return <Alert type='error' showIcon onClose={onClose}
    closable={onClose ? { 'aria-label': '知道了' } : false}
    message={sayToStaff(refusal)}
    action={onRetry && <Button size='small' onClick={onRetry}>重试</Button>} />
}

/** A page whose one thing did not come. */
export function Blank({ refusal, onRetry }: { refusal: Refusal | undefined; onRetry: () => void }) {
  if (refusal) return <div className='blank'><Trouble refusal={refusal} onRetry={onRetry} /></div>
  return <div className='blank' role='status'>正在载入……</div>
}
