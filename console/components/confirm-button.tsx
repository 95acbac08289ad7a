import { Button, type ButtonProps, Popconfirm } from 'antd'

interface ConfirmButtonProps {
  name: string
  question: string
  type?: ButtonProps['type']
  danger?: boolean
  busy: boolean
  open?: boolean
  onOpen?: (open: boolean) => void
  onConfirm: () => void
}

/** Asks once beside the button; Enter says yes, Esc no. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { name, question, type, danger, busy, open, onOpen, onConfirm } = props
  return <Popconfirm title={question} okText={`确定${name}`} cancelText='再看看' placement='bottomRight'
    open={open} onOpenChange={onOpen} onConfirm={onConfirm} icon={null} destroyOnHidden
    okButtonProps={{ autoFocus: true }}
    getPopupContainer={({ parentElement }) => parentElement ?? document.body}>
    <Button type={type} danger={danger} loading={busy}>{name}</Button>
  </Popconfirm>
}
