/** The web's own elements: what Taro's H5 components lack (role, focus, key) must be there. */
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { leaveFirstScreen } from '@/platform/first-screen.h5'
import { Box, Tap } from '@/ui/box.h5'
import { ChoiceRow, DateInput, SelectInput, TextInput } from '@/ui/input.h5'
import { Pad } from '@/ui/pad.h5'
import { blankStrokes } from '@/ui/strokes'

afterEach(cleanup)

it('a tap works with the keyboard (U37)', async () => {
  const tapped = vi.fn()
  render(<Tap onTap={tapped}>提交</Tap>)
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: '提交' }))
  await userEvent.keyboard('{Enter}')
  expect(tapped).toHaveBeenCalledOnce()
})

it('Enter in a text input tells, and reloads nothing', async () => {
  const done = vi.fn()
  render(<TextInput id="a" label="姓名" value="" onChange={() => undefined} onDone={done} />)
  await userEvent.type(screen.getByRole('textbox'), '{Enter}')
  expect(done).toHaveBeenCalledOnce()
  expect(document.querySelector('form')).toBeNull()
})

it('controls are native and carry their error', () => {
  const shared = { value: '', onChange: () => undefined, describedBy: 'x-error', invalid: true }
  render(
    <>
      <SelectInput id="s" label="民族" options={[{ value: '1', label: '汉族' }]} {...shared} />
      <DateInput id="d" label="日期" {...shared} />
      <ChoiceRow kind="radio" id="r" name="r" checked label="是" onPick={() => undefined} />
    </>,
  )
  expect(screen.getByRole('combobox').getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById('d')?.getAttribute('aria-describedby')).toBe('x-error')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '是' }).checked).toBe(true)
})

it('blocks are real headings and landmarks', () => {
  render(<Box as="main"><Box as="h2">材料</Box></Box>)
  expect(screen.getByRole('heading', { level: 2, name: '材料' })).toBeTruthy()
  expect(screen.getByRole('main')).toBeTruthy()
})

it('the pad draws what it was given', () => {
  const strokes = { ...blankStrokes(300), lines: [[[1, 2], [3, 4]] as Array<[number, number]>] }
  render(<Pad label="签名" value={strokes} onChange={() => undefined} />)
  expect(document.querySelector('polyline')?.getAttribute('points')).toBe('1,2 3,4')
})

it('the first screen stands until there is a page, and no longer', async () => {
  document.body.innerHTML = '<div id="app"></div><div id="first">喀什一件事</div>'
  leaveFirstScreen()
  await Promise.resolve()
  expect(document.getElementById('first')).not.toBeNull()
  document.getElementById('app')?.append(document.createElement('main'))
  await vi.waitFor(() => expect(document.getElementById('first')).toBeNull())
})
