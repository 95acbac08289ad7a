import { Form, Modal } from 'antd'
import type { Refusal } from '@core/refusal'
import { type ReactNode, useId, useState } from 'react'
import { Trouble } from './trouble'

interface DialogProps {
  title: string
  ok: string
  danger?: boolean
  busy: boolean
  refusal: Refusal | undefined
  onOk: () => void
  onClose: () => void
  children: ReactNode
}

/** Asks for what an action needs; Enter in a single line sends, Esc closes. */
export function Dialog({ title, ok, danger, busy, refusal, onOk, onClose, children }: DialogProps) {
  const id = useId()
  return <Modal open title={title} okText={ok} cancelText='取消' onCancel={onClose}
    confirmLoading={busy} maskClosable={false} destroyOnHidden
    okButtonProps={{ htmlType: 'submit', form: id, danger }}>
    <Trouble refusal={refusal} />
    <Form id={id} component='form' layout='vertical' requiredMark={false}
      onSubmitCapture={(event) => {
        event.preventDefault()
        onOk()
      }}>
      {children}
    </Form>
  </Modal>
}

interface Given {
  id: string
  'aria-invalid': boolean
  'aria-describedby'?: string
}

interface LineProps {
  label: string
  /** sentence under the field, when it is wrong */
  wrong?: string
  help?: string
  children: (given: Given) => ReactNode
}

/** A field with its label; what is wrong with it stands under it and is read with it. */
export function Line({ label, wrong, help, children }: LineProps) {
  const id = useId()
  const said = wrong ?? help
  return <div className='line'>
    <label htmlFor={id}>{label}</label>
    {children({ id, 'aria-invalid': Boolean(wrong), 'aria-describedby': said && `${id}-said` })}
    {said && <p id={`${id}-said`} className={wrong ? 'wrong' : 'quiet'}>{said}</p>}
  </div>
}

/** A text that must not be empty. */
export function useWords(first = '') {
  const [text, setText] = useState(first)
  const [tried, setTried] = useState(false)
  const empty = text.trim() === ''
  return {
    text, setText,
    wrong: tried && empty ? '请填写' : undefined,
    /** whether it may go; from now on an empty one is told */
    check: () => {
      setTried(true)
      return !empty
    },
  }
}
