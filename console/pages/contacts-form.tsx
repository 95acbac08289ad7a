/** One person of annex 2, new or changed. What was typed stays, whatever is answered. */
import type {
  Contact, ContactActionBody, ContactAddBody, ContactInput, ContactScopes,
} from '@core/contract/contact'
import {
  CONTACT_ROLES, CONTACT_ROLE_IDS, CONTACT_STAGES, CONTACT_STAGE_IDS, type ContactRole,
  type ContactStage,
} from '@core/escalation'
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { actOnContact, addContact, contactScopes } from '../api/contacts'
import { Dialog, Line } from '../components/dialog'
import { Trouble } from '../components/trouble'
import { type RequestFailed, problemsIn } from '../platform/request'
import { useAct } from '../stores/act'
import { useLoaded } from '../stores/loaded'
import { regionName, useOffice } from '../stores/office'
import { useSession } from '../stores/session'

interface Given {
  departmentId: string
  regionCode: string
  /** '': all of them; so items and stages */
  topicId: string
  itemId: string
  role: ContactRole
  stage: ContactStage | ''
  name: string
  phone: string
  note: string
}
type Wrong = Partial<Record<keyof Given, string>>

const BLANK: Given = {
  departmentId: '', regionCode: '', topicId: '', itemId: '', role: 'handler', stage: '', name: '',
  phone: '', note: '',
}
const ALL = { value: '', label: '全部' }
const ROLES = CONTACT_ROLE_IDS.map((value) => ({ value, label: CONTACT_ROLES[value] }))
const STAGES = [{ value: '' as const, label: '全部环节' },
  ...CONTACT_STAGE_IDS.map((value) => ({ value, label: CONTACT_STAGES[value] }))]

const given = ({ topicId, itemId, stage, ...rest }: Contact): Given => ({
  ...BLANK, departmentId: rest.departmentId, regionCode: rest.regionCode, role: rest.role,
  name: rest.name, phone: rest.phone, note: rest.note,
  topicId: topicId ?? '', itemId: itemId ?? '', stage: stage ?? '',
})

const inputOf = ({ topicId, itemId, role, stage, name, phone, note }: Given): ContactInput => ({
  topicId: topicId || null, itemId: itemId || null, role, stage: stage || null,
  name: name.trim(), phone: phone.trim(), note: note.trim(),
})

const wrongIn = ({ departmentId, regionCode, name, phone }: Given): Wrong => ({
  ...(departmentId === '' ? { departmentId: '请选择部门' } : {}),
  ...(regionCode === '' ? { regionCode: '请选择县市' } : {}),
  ...(name.trim() === '' ? { name: '请填写姓名' } : {}),
  ...(phone.trim() === '' ? { phone: '请填写联系电话' } : {}),
})

/** What the platform found wrong, by field. */
function toldWrong(failure: RequestFailed | undefined): Wrong {
  return Object.fromEntries(problemsIn(failure).map(({ field, text }) =>
    [field.replace('contact.', ''), text]))
}

/** The line as somebody else left it while one was at it. */
export const newerIn = (failure: RequestFailed | undefined): Contact | undefined =>
  // the wire shape of this refusal
  (failure?.code === 'EDITED_MEANWHILE' ? failure.detail.contact as Contact : undefined)

/** As it was when one began, or as somebody else has left it since. */
export function useNewest(contact: Contact, failure: RequestFailed | undefined): Contact {
  const [seen, setSeen] = useState(contact)
  const newer = newerIn(failure)
  useEffect(() => {
    if (newer) setSeen(newer)
  }, [newer])
  return seen
}

/** 业务经办人员（审核） of 全部一件事 … */
export const lineWords = ({ role, stage, topicTitle, itemName }: Contact): string =>
  `${CONTACT_ROLES[role]}${stage ? `（${CONTACT_STAGES[stage]}）` : ''}，` +
  (itemName ?? topicTitle ?? '全部事项')

interface FormProps {
  onSaved: (words: string) => void
  onClose: () => void
}

export function AddContact({ onSaved, onClose }: FormProps) {
  const scopes = useLoaded(contactScopes)
  const home = useSession((state) => state.session?.staff.region) ?? ''
  const [facts, setFacts] = useState<Given>({ ...BLANK, regionCode: home })
  const [only, ...others] = scopes.thing?.departments ?? []
  const departmentId = facts.departmentId || (only && others.length === 0 ? only.id : '')
  const acting = useAct((body: ContactAddBody) => addContact(body), {
    done: ({ contact }) => onSaved(`已添加${contact ? `${contact.unit}的` : ''}${facts.name.trim()}。`),
    movedOn: () => undefined,
  })
  const all = { ...facts, departmentId }
  return <PersonDialog title='添加责任人' ok='添加' facts={all} onFacts={setFacts} acting={acting}
    scopes={scopes} onClose={onClose} onSend={() => {
      void acting.act({
        departmentId, regionCode: facts.regionCode, contact: inputOf(facts),
      })
    }} movable />
}

export function ChangeContact({ contact, onSaved, onClose }: FormProps & { contact: Contact }) {
  const scopes = useLoaded(contactScopes)
  const [facts, setFacts] = useState(() => given(contact))
  const acting = useAct((body: ContactActionBody) => actOnContact(contact.id, body), {
    done: () => onSaved(`已保存${facts.name.trim()}。`), movedOn: () => undefined,
  })
  const newest = useNewest(contact, acting.failure)
  const [taken, setTaken] = useState(contact.revision)
  const moved = newest.revision !== taken
  return <PersonDialog title={`修改责任人（${contact.unit}）`} ok={moved ? '按我填的保存' : '保存'}
    facts={facts} onFacts={setFacts} acting={acting} scopes={scopes} onClose={onClose}
    onSend={() => void acting.act({
      do: 'change', revision: newest.revision, contact: inputOf(facts),
    })}
    meanwhile={moved ? <Meanwhile contact={newest} onTake={() => {
      acting.forget()
      setTaken(newest.revision)
      setFacts(given(newest))
    }} /> : undefined} />
}

function Meanwhile({ contact, onTake }: { contact: Contact; onTake: () => void }) {
  return <p role='status' className='newest'>
    现在登记的是：{contact.name}，{contact.phone}，{lineWords(contact)}
    {contact.note && `，备注“${contact.note}”`}。
    <Button size='small' onClick={onTake}>换成现在登记的</Button>
  </p>
}

interface PersonProps {
  title: string
  ok: string
  facts: Given
  onFacts: (facts: Given) => void
  acting: { busy: boolean; failure: RequestFailed | undefined; forget: () => void }
  scopes: ReturnType<typeof useLoaded<ContactScopes>>
  onSend: () => void
  onClose: () => void
  meanwhile?: JSX.Element | undefined
  /** to be put into any unit one may */
  movable?: boolean
}

function PersonDialog(props: PersonProps) {
  const { title, ok, facts, onFacts, acting, scopes, onSend, onClose, meanwhile, movable } = props
  const [tried, setTried] = useState(false)
  const own = wrongIn(facts)
  const wrong: Wrong = { ...toldWrong(acting.failure), ...(tried ? own : {}) }
  const change = (part: Partial<Given>) => {
    acting.forget()
    onFacts({ ...facts, ...part })
  }
  const part = { facts, wrong, onChange: change, scopes: scopes.thing }
  const text = (name: 'name' | 'phone' | 'note', label: string, most: number, help?: string) =>
    <Line label={label} wrong={wrong[name]} help={help}>
      {(field) => <Input {...field} autoComplete='off' value={facts[name]} maxLength={most}
        autoFocus={name === 'name' && !movable}
        onChange={({ target }) => change({ [name]: target.value })} />}
    </Line>
  return <Dialog title={title} ok={ok} busy={acting.busy} refusal={acting.failure}
    onClose={onClose} onOk={() => {
      setTried(true)
      if (Object.keys(own).length === 0) onSend()
    }}>
    {meanwhile}
    <Trouble refusal={scopes.failure} onRetry={scopes.reload} />
    {movable && <Unit {...part} />}
    <Scope {...part} />
    <div className='pair'>
      {text('name', '姓名', 50)}
      {text('phone', '联系电话', 30, '短信只能发到手机号。')}
    </div>
    {text('note', '备注（可以不填）', 200)}
  </Dialog>
}

interface PartProps {
  facts: Given
  wrong: Wrong
  scopes: ContactScopes | undefined
  onChange: (part: Partial<Given>) => void
}

const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

function Unit({ facts, wrong, scopes, onChange }: PartProps) {
  const regions = useOffice((office) => office.regions)
  return <div className='pair'>
    <Line label='县市' wrong={wrong.regionCode}>
      {(field) => <Select {...field} showSearch optionFilterProp='label'
        value={facts.regionCode || undefined} onChange={(regionCode) => onChange({ regionCode })}
        options={(scopes?.regions ?? []).map((value) =>
          ({ value, label: regionName(regions, value) }))} />}
    </Line>
    <Line label='部门' wrong={wrong.departmentId}>
      {(field) => <Select {...field} showSearch optionFilterProp='label'
        value={facts.departmentId || undefined} options={scopes?.departments.map(named)}
        onChange={(departmentId) => onChange({ departmentId, topicId: '', itemId: '' })} />}
    </Line>
  </div>
}

function Scope({ facts, wrong, scopes, onChange }: PartProps) {
  const topics = scopes?.departments.find(({ id }) => id === facts.departmentId)?.topics ?? []
  const itemsOf = (topicId: string) => new Map(topics
    .filter(({ id }) => topicId === '' || id === topicId)
    .flatMap(({ items }) => items.map((one) => [one.id, one])))
  const items = [...itemsOf(facts.topicId).values()]
  return <div className='pair'>
    <Line label='责任' wrong={wrong.role}>
      {(field) => <Select {...field} value={facts.role} options={ROLES}
        onChange={(role) => onChange({ role, ...(role === 'handler' ? {} : { stage: '' }) })} />}
    </Line>
    <Line label='环节' wrong={wrong.stage}>
      {(field) => <Select {...field} value={facts.stage} options={STAGES}
        disabled={facts.role !== 'handler'} onChange={(stage) => onChange({ stage })} />}
    </Line>
    <Line label='一件事' wrong={wrong.topicId}>
      {(field) => <Select {...field} showSearch optionFilterProp='label' value={facts.topicId}
        options={[ALL, ...topics.map(named)]} onChange={(topicId) => onChange({
          topicId, itemId: itemsOf(topicId).has(facts.itemId) ? facts.itemId : '',
        })} />}
    </Line>
    <Line label='事项' wrong={wrong.itemId}>
      {(field) => <Select {...field} showSearch optionFilterProp='label' value={facts.itemId}
        options={[ALL, ...items.map(named)]} onChange={(itemId) => onChange({ itemId })} />}
    </Line>
  </div>
}
