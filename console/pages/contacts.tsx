/** 责任人联系表: who answers for what; line by line here, or unit by unit as a workbook. */
import type { Contact } from '@core/contract/contact'
import { hasDuty } from '@core/duty'
import { CONTACT_ROLES, CONTACT_ROLE_IDS, CONTACT_STAGES } from '@core/escalation'
import { Button, Input, Select } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { contacts, contactsFile, importContacts } from '../api/contacts'
import { Dialog, Line } from '../components/dialog'
import { DownloadButton } from '../components/download-button'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { useAddress } from '../platform/address'
import { type RequestFailed, failureOf, problemsIn } from '../platform/request'
import { listing } from '../stores/listing'
import { useOffice } from '../stores/office'
import { useSession } from '../stores/session'
import { AddContact, ChangeContact } from './contacts-form'
import { RemoveContact } from './contacts-remove'
import { countyOptions, useFilters } from './filters'

const ROWS_AT_FIRST = 100

const contactListing = listing<Contact>(async (region, part) => {
  const page = await contacts(region || undefined, part)
  return { rows: page.contacts, next: page.next }
})

type Open = { is: 'add' | 'import' } | { is: 'change' | 'remove'; contact: Contact }

export function ContactsPage() {
  const { query } = useAddress()
  const region = query.get('region') ?? ''
  const { given: { q, role }, to } = useFilters('/contacts', '', ['q', 'role', 'region'])
  const listed = contactListing.use(region)
  const [open, setOpen] = useState<Open>()
  const [said, setSaid] = useState<{ words: string }>()
  const regions = useOffice((office) => office.regions)
  const rows = listed.rows.filter((row) => (role === '' || row.role === role) &&
    [row.unit, row.name, row.topicTitle, row.itemName].some((text) => text?.includes(q.trim())))
  return <div className='page'>
    <h1 className='aside'>责任人联系表</h1>
    <div className='filters' role='search'>
      <Input allowClear value={q} aria-label='单位、姓名或事项' placeholder='单位、姓名或事项'
        onChange={({ target }) => to({ q: target.value })} style={{ width: 240 }} />
      <Select allowClear showSearch aria-label='县市' placeholder='县市' optionFilterProp='label'
        value={region || undefined} options={countyOptions(regions)} style={{ minWidth: 180 }}
        onChange={(value: string | undefined) => to({ region: value })} />
      <Select allowClear aria-label='哪类责任人' placeholder='哪类责任人' style={{ minWidth: 160 }}
        value={role || undefined} onChange={(value: string | undefined) => to({ role: value })}
        options={CONTACT_ROLE_IDS.map((value) => ({ value, label: CONTACT_ROLES[value] }))} />
      <span className='gap' />
      <span className='quiet' role='status'>{listed.at && `${rows.length} 人`}</span>
      <Keeping onOpen={setOpen} />
    </div>
    <Said words={said} />
    {listed.at === undefined ? <Blank refusal={listed.failure} onRetry={listed.reload} /> : <>
      <Trouble refusal={listed.failure} onRetry={listed.reload} />
      {rows.length === 0
        ? <p className='blank'>{listed.rows.length > 0 ? '没有符合条件的，换个条件试试。'
          : '还没有登记责任人。'}</p>
        : <ContactTable key={`${region} ${role}`} rows={rows} onOpen={setOpen} />}
      {listed.next && <Button loading={listed.busy} onClick={listed.more}>再读取后面的</Button>}
    </>}
    {open && <Opened open={open} all={listed.rows} onClose={() => setOpen(undefined)}
      onSaved={(words) => {
        setOpen(undefined)
        setSaid({ words })
        listed.reload()
      }} />}
  </div>
}

/** What was done, read out; whoever was at a line that is gone goes on from here. */
function Said({ words }: { words: { words: string } | undefined }) {
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (words) place.current?.focus()
  }, [words])
  return <p ref={place} role='status' tabIndex={-1} className={words ? 'said' : ''}>
    {words?.words}
  </p>
}

function Opened({ open, all, onSaved, onClose }: {
  open: Open
  all: readonly Contact[]
  onSaved: (words: string) => void
  onClose: () => void
}): ReactNode {
  switch (open.is) {
    case 'add': return <AddContact onSaved={onSaved} onClose={onClose} />
    case 'import': return <Import onSaved={onSaved} onClose={onClose} />
    case 'change':
      return <ChangeContact contact={open.contact} onSaved={onSaved} onClose={onClose} />
    case 'remove': {
      const { id, role, unit } = open.contact
      const others = all.filter((one) => one.role === role && one.unit === unit && one.id !== id)
      return <RemoveContact contact={open.contact} others={others.length} onSaved={onSaved}
        onClose={onClose} />
    }
  }
}

const EDITS = [['change', '修改'], ['remove', '删除']] as const

function ContactTable({ rows, onOpen }: {
  rows: readonly Contact[]
  onOpen: (open: Open) => void
}) {
  const [shown, setShown] = useState(ROWS_AT_FIRST)
  const keeps = rows.some(({ editable }) => editable)
  return <section className='card scroll' aria-label='责任人'>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>单位</th><th scope='col'>责任人</th><th scope='col'>姓名</th>
        <th scope='col'>联系电话</th><th scope='col'>一件事</th><th scope='col'>事项</th>
        <th scope='col'>备注</th>{keeps && <th scope='col'>操作</th>}
      </tr></thead>
      <tbody>
        {rows.slice(0, shown).map((row) => <tr key={row.id}>
          <th scope='row'>{row.unit}</th>
          <td>{CONTACT_ROLES[row.role]}{row.stage && `（${CONTACT_STAGES[row.stage]}）`}</td>
          <td>{row.name} {row.draft && <StateTag name='待核对' tone='waiting' />}</td>
          <td className='number'>{row.phone}</td>
          <td>{row.topicTitle ?? '全部'}</td>
          <td>{row.itemName ?? '全部'}</td>
          <td>{row.note}</td>
          {keeps && <td>{row.editable && <div className='actions'>
            {EDITS.map(([is, name]) => <Button key={is} size='small' danger={is === 'remove'}
              type={is === 'remove' ? 'text' : 'default'}
              aria-label={`${name}${row.unit}${CONTACT_ROLES[row.role]}${row.name}`}
              onClick={() => onOpen({ is, contact: row })}>{name}</Button>)}
          </div>}</td>}
        </tr>)}
      </tbody>
    </table>
    {rows.length > shown && <Button type='link' onClick={() => setShown(shown + ROWS_AT_FIRST)}>
      再显示 {Math.min(ROWS_AT_FIRST, rows.length - shown)} 人
    </Button>}
  </section>
}

function Keeping({ onOpen }: { onOpen: (open: Open) => void }) {
  const staff = useSession((state) => state.session?.staff)
  if (staff?.role !== 'department' && staff?.role !== 'supervisor') return null
  const adds = staff.role === 'supervisor' || hasDuty(staff.duties, 'approve')
  return <>
    <DownloadButton name='导出' fileName='责任人联系表.xlsx' load={contactsFile} />
    {staff.role === 'supervisor' && <Button onClick={() => onOpen({ is: 'import' })}>导入</Button>}
    {adds && <Button type='primary' onClick={() => onOpen({ is: 'add' })}>添加</Button>}
  </>
}

function Import({ onClose, onSaved }: { onClose: () => void; onSaved: (words: string) => void }) {
  const [file, setFile] = useState<File>()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed>()
  const send = async () => {
    setTried(true)
    if (!file || busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      const { units, contacts: people } = await importContacts(file)
      onSaved(`已导入 ${units} 个单位、${people} 人。`)
    } catch (error) {
      setFailure(failureOf(error))
      setBusy(false)
    }
  }
  const problems = problemsIn(failure)
  return <Dialog title='导入责任人联系表' ok='导入' busy={busy} refusal={failure}
    onOk={() => void send()} onClose={onClose}>
    {problems.length > 0 && <ul className='problems' aria-label='需要修改的地方'>
      {problems.map(({ text }, n) => <li key={n}>{text}</li>)}
    </ul>}
    <Line label='附件 2 的表格（xlsx）' wrong={tried && !file ? '请选择文件' : undefined}
      help='表里写到的单位，名单整份换成表里的；有一行不对，就一行也不导入。'>
      {(own) => <input {...own} type='file' accept='.xlsx' onChange={({ target }) => {
        setFile(target.files?.[0])
        setFailure(undefined)
      }} />}
    </Line>
  </Dialog>
}
