import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/confirm'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox, ChoiceField, DateField, SelectField, TextField } from '@/ui/fields'
import { layOutFlow } from '@core/flow-layout'
import { FlowChart } from '@/ui/flow-chart'
import { FrameContext } from '@/ui/frame'
import { Page } from '@/ui/page'
import { SignaturePad } from '@/ui/signature-pad'
import { Tag } from '@/ui/status'
import { beginLine, blankStrokes, drawOn, isSigned, undoLine } from '@/ui/strokes'
import { phone } from './taro'

beforeEach(() => phone.reset())
afterEach(cleanup)

const frame = { elder: false, online: true, fontScale: 1, setElder: () => undefined }

describe('page', () => {
  it('has one h1, a main part and the window title; errors come first in the title (U12)', () => {
    render(<Page title="核对信息" wrong><p>内容</p></Page>)
    expect(screen.getByRole('heading', { name: '核对信息' })).toBeTruthy()
    expect(phone.title).toBe('错误：核对信息')
  })

  it('elder mode is a class of its root (U30)', () => {
    const { container } = render(
      <FrameContext.Provider value={{ ...frame, elder: true }}><Page title="首页" /></FrameContext.Provider>,
    )
    expect(container.firstElementChild?.className).toContain('page-elder')
  })
})

describe('fields', () => {
  it('a text field is found by its label, and its error and hint belong to it', async () => {
    function Asking() {
      const [value, setValue] = useState('')
      return <TextField id="n" label="姓名" hint="与证件一致" error="请填写姓名" value={value} onChange={setValue} />
    }
    render(<Asking />)
    const input = screen.getByRole('textbox', { name: '姓名' })
    expect(input.getAttribute('aria-describedby')).toBe('n-hint n-error')
    expect(document.getElementById('n-error')?.textContent).toBe('请填写姓名')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    await userEvent.type(input, '阿依努尔·买买提')
    expect(screen.getByDisplayValue('阿依努尔·买买提')).toBe(input)
  })

  it('marks the optional field only (U4)', () => {
    render(<TextField id="m" label="备注" optional value="" onChange={() => undefined} />)
    expect(screen.getByText('选填')).toBeTruthy()
  })

  it('a choice, a list, a day and a tick each give their value', async () => {
    const given: unknown[] = []
    const give = (value: unknown) => given.push(value)
    const options = [{ value: 'yes', label: '已登记' }, { value: 'no', label: '未登记' }]
    render(
      <>
        <ChoiceField id="c" label="父母是否登记结婚？" value="yes" options={options} onChange={give} />
        <SelectField id="s" label="民族" value="" options={options} onChange={give} />
        <DateField id="d" label="出生日期" value="" onChange={give} />
        <Checkbox id="b" label="我已阅读" checked={false} onChange={give} />
      </>,
    )
    expect(screen.getByRole('radio', { name: '已登记' }).getAttribute('aria-checked')).toBe('true')
    await userEvent.click(screen.getByRole('radio', { name: '未登记' }))
    await userEvent.selectOptions(screen.getByRole('combobox', { name: '民族' }), '未登记')
    await userEvent.type(screen.getByLabelText('出生日期', { selector: 'input' }), '2026-11-01')
    await userEvent.click(screen.getByRole('checkbox', { name: '我已阅读' }))
    expect(given).toEqual(['no', 'no', '2026-11-01', true])
  })

  it('the summary counts the problems and names each (U12)', () => {
    render(<ErrorSummary problems={[{ field: 'n', text: '请填写姓名' }]} />)
    const summary = screen.getByRole('alert')
    expect(within(summary).getByText('有 1 处需要修改')).toBeTruthy()
    expect(within(summary).getByRole('button', { name: '请填写姓名' })).toBeTruthy()
  })
})

describe('acts', () => {
  it('a busy button ignores taps: a double tap is one act', async () => {
    const tapped = vi.fn()
    render(<Button busy onTap={tapped}>提交申请</Button>)
    await userEvent.dblClick(screen.getByRole('button', { name: '提交申请' }))
    expect(tapped).not.toHaveBeenCalled()
  })

  it('a confirmation is a named modal dialog whose button names the act (U9)', () => {
    render(
      <Confirm title="撤回申请？" text="草稿会保留。" yes="撤回申请" onYes={() => undefined} onNo={() => undefined} />,
    )
    const dialog = screen.getByRole('dialog', { name: '撤回申请？' })
    expect(within(dialog).getByRole('button', { name: '撤回申请' })).toBeTruthy()
  })

  it('a signature can be undone, and typed instead (U35)', async () => {
    const typed = vi.fn()
    let strokes = beginLine(blankStrokes(300), [10, 10])
    for (let x = 12; x < 40; x += 4) strokes = drawOn(strokes, [x, 20])
    expect(isSigned(strokes)).toBe(true)
    expect(isSigned(undoLine(strokes))).toBe(false)
    render(
      <SignaturePad label="签名" signer="张三" value={strokes} onChange={() => undefined} onTypeInstead={typed} />,
    )
    await userEvent.click(screen.getByRole('button', { name: '改为输入姓名' }))
    expect(typed).toHaveBeenCalledOnce()
  })
})

it('a state is told in words, and a flow as a list that says what follows what', () => {
  const node = (id: string) =>
    ({ id, kind: 'item', name: id, notes: ['公安局'], tag: undefined, maybe: false }) as const
  const flow = {
    nodes: [node('户口'), node('医保')], edges: [{ from: '户口', to: '医保', any: false }],
  }
  render(
    <>
      <Tag tone="bad">不予受理</Tag>
      <FlowChart label="办理流程" picture={layOutFlow(flow, 20)} />
    </>,
  )
  expect(screen.getByText('不予受理')).toBeTruthy()
  expect(screen.getByRole('list', { name: '办理流程' })).toBeTruthy()
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent))
    .toEqual(['户口公安局', '医保公安局，在户口之后'])
})
