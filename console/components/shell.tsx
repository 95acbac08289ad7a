/** The frame of every page: where one can go, who one is, whether the platform answers. */
import { Button, Modal } from 'antd'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { momentWords } from '../words/time'
import { useKeys } from './keys'

export interface Place {
  path: string
  name: string
  href: string
}

interface ShellProps {
  places: readonly Place[]
  path: string
  who: string
  lostAt: string | undefined
  heardAt: string | undefined
  onGo: (path: string) => void
  onLeave: () => void
  children: ReactNode
}

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['j 或 ↓，k 或 ↑', '列表里下一件、上一件'],
  ['Enter', '打开这一件'],
  ['/', '查找'],
  ['Esc', '回到列表'],
  ['a', '办下一步（页面右上第一个按钮）'],
  ['n', '列表里的下一件'],
  ['→ ←', '下一张、上一张照片'],
  ['+ - 0', '照片放大、缩小、还原'],
  ['r 和 R', '照片右转、左转'],
  ['Ctrl + S', '保存目录修订稿'],
  ['?', '看这张表'],
]

export function Shell(props: ShellProps) {
  const { places, path, who, lostAt, heardAt, onGo, onLeave, children } = props
  const [showsKeys, setShowsKeys] = useState(false)
  useKeys({ '?': () => setShowsKeys(true) })
  const follow = (to: string) => (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onGo(to)
  }
  return <div className='shell'>
    <a className='skip' href='#main'>跳到正文</a>
    <header>
      <strong>一件事工作台</strong>
      <nav aria-label='主导航'>
        {places.map((place) => <a key={place.path} href={place.href} onClick={follow(place.path)}
          aria-current={path.startsWith(place.path) ? 'page' : undefined}>{place.name}</a>)}
      </nav>
      <span className='gap' />
      <Button type='text' onClick={() => setShowsKeys(true)}>快捷键 ?</Button>
      <span className='who'>{who}</span>
      <Button onClick={onLeave}>退出</Button>
    </header>
    <div role='status' className={lostAt ? 'lost' : ''}>
      {lostAt && `连不上服务器。下面是${heardAt ? ` ${momentWords(heardAt)} ` : '之前'}的内容，恢复后自动更新。`}
    </div>
    <main id='main' tabIndex={-1}>{children}</main>
    <Modal open={showsKeys} title='快捷键' footer={null} onCancel={() => setShowsKeys(false)}
      destroyOnHidden>
      <dl className='keys'>
        {KEYS.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
      </dl>
    </Modal>
  </div>
}
