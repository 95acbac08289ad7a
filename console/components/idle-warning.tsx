import { Modal } from 'antd'

/** Told before one is signed out for doing nothing; what is half filled in stays until then. */
export function IdleWarning({ left, onStay }: { left: number | undefined; onStay: () => void }) {
  const minutes = left === undefined ? 0 : Math.ceil(left / 60)
  return <Modal open={left !== undefined} title='还在吗？' okText='继续办公' onOk={onStay}
    closable={false} maskClosable={false} onCancel={onStay}
    cancelButtonProps={{ style: { display: 'none' } }}>
    <p>很久没有操作，为了保护群众信息，{minutes > 1 ? `${minutes} 分钟` : `${left ?? 0} 秒`}后自动退出。没有提交的内容会丢失。</p>
  </Modal>
}
