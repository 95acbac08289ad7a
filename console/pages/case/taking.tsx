import type { Taking } from '@core/contract/case'
import { Drawn } from '../../components/signature-pad'

/** 签收: who took the results, as the window alone sees it. */
export function TakingCard({ taking: { by, name, signature } }: { taking: Taking }) {
  return <div className='taking'>
    <p>领取人：{name}（{by === 'applicant' ? '申请人本人' : '代领人'}）</p>
    {signature
      ? <Drawn label={`${name}的签名`} {...signature} />
      : <p className='quiet'>纸质签收，已存档</p>}
  </div>
}
