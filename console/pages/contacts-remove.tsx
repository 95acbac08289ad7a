/** Taking a person out of annex 2: first what that means for whoever is told of deadlines. */
import type { Contact, ContactActionBody } from '@core/contract/contact'
import { CONTACT_ROLES, prefectureOf } from '@core/escalation'
import { actOnContact } from '../api/contacts'
import { Dialog } from '../components/dialog'
import { useAct } from '../stores/act'
import { lineWords, useNewest } from './contacts-form'

export function RemoveContact({ contact, others, onSaved, onClose }: {
  contact: Contact
  /** in the same role of the same unit */
  others: number
  onSaved: (words: string) => void
  onClose: () => void
}) {
  const acting = useAct((body: ContactActionBody) => actOnContact(contact.id, body), {
    done: () => onSaved(`已删除${contact.name}。`), movedOn: () => undefined,
  })
  const newest = useNewest(contact, acting.failure)
  const { unit, name, phone, role, regionCode } = newest
  const instead = regionCode === prefectureOf(regionCode)
    ? '请尽快补上，不然没有人收到提醒。' : '以后发给地区同一部门的责任人，请尽快补上。'
  return <Dialog title={`删除责任人 ${contact.name}`} ok='删除' danger busy={acting.busy}
    refusal={acting.failure} onClose={onClose}
    onOk={() => void acting.act({ do: 'remove', revision: newest.revision })}>
    <p>{unit}：{name}，{phone}，{lineWords(newest)}</p>
    <p>
      删除后，到期提醒和新办件的短信不再发给{name}。
      {others > 0 ? `${unit}还有 ${others} 名${CONTACT_ROLES[role]}。`
        : <strong className='wrong'>
          {unit}没有别的{CONTACT_ROLES[role]}了，{instead}
        </strong>}
    </p>
    <p className='quiet'>删错了要重新添加。操作会记入审计日志。</p>
  </Dialog>
}
