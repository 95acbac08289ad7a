import { say } from '@core/refusal'
import {
  type LineProblem, type ReadTable, columnsOf, csvOf, exampleRow, readTable, tableOf,
  withoutExample,
} from '@core/table'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { readTableFile } from '@/api/tables'
import { focusOn } from '@/platform/focus'
import { giveFile } from '@/platform/give-file'
import { pickFile } from '@/platform/pick-file'
import { saveNow } from '@/stores/drafts'
import type { Filling } from '@/stores/filling'
import { type Joining, judgeRows, takeRows, writtenRows } from '@/stores/rows'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ChoiceField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import type { ListPage } from './list-view'
import { ReadLines } from './read-lines'

const HOW = 'import-how'
const RESULT = 'import-result'

interface TableImportProps {
  filling: Filling
  page: ListPage
  /** @param row  the first that was added; none if nothing was */
  onClose: (row?: number) => void
}

/** 导入名单: a template to take along, a file to bring back, and what was read from it. */
export function TableImport({ filling, page, onClose }: TableImportProps) {
  const { role, title, list } = page
  const columns = columnsOf(filling.topic, role, filling.plan.answers)
  const { read, busy, refusal, choose } = useTableFile(filling, role)
  const existing = writtenRows(filling, role)
  const [chosen, setChosen] = useState<Joining>()
  const [asked, setAsked] = useState(false)
  const how = existing === 0 ? 'append' : chosen
  const total = (read?.rows.length ?? 0) + (how === 'append' ? existing : 0)
  const problems = read ? judgeRows(filling, { role, read, how: how ?? 'replace' }) : []
  const wrong = !how ? '请选一项。'
    : total > list.max ? `名单最多 ${list.max} 位，放不下 ${total} 位。` : undefined
  const take = () => {
    setAsked(true)
    if (!read || !how || wrong) {
      focusOn(HOW)
      return
    }
    takeRows(filling, { role, rows: read.rows, how })
    void saveNow(filling.topic.id)
    showToast(`已加入 ${read.rows.length} 人`, 'done')
    onClose(how === 'append' ? existing + 1 : 1)
  }
  const found = read && read.rows.length > 0 ? read : undefined
  return (
    <Page
      title={`导入${title}`} lead="先填好表格，再把文件选进来，看过以后再加入。"
      onBack={() => onClose()} wrong={asked && Boolean(wrong)}
      footer={found && <Button onTap={take}>{`加入 ${found.rows.length} 人`}</Button>}
    >
      <Card title="第一步：填表格">
        <Box as="p" className="import-text">
          下载模板，在电脑上照着样例一人一行填写。您自己的表格也行，第一行要有“
          {columns.slice(0, 3).map(({ label }) => label).join('”“')}”这样的列名。
        </Box>
        <Button
          kind="secondary" icon="document"
          onTap={() => void giveFile({
            name: `${title}模板.csv`, text: csvOf(tableOf(columns, [exampleRow(columns)])),
          })}
        >
          下载模板
        </Button>
      </Card>
      <Card title="第二步：选文件">
        <Box as="p" className="import-text">
          xlsx 或者 CSV 文件，不超过 1 MB、100 行。文件只用来读名单，不保存。
        </Box>
        <Button kind={found ? 'secondary' : 'primary'} busy={busy} onTap={choose}>
          {busy ? '正在读取' : found ? '换一个文件' : '选择文件'}
        </Button>
      </Card>
      <Box id={RESULT} focusable live="polite">
        {refusal && <Notice kind="error" title="没有读出名单">{refusal}</Notice>}
        {read && !found && <Notice kind="error" title="没有认出人">{nobodyWords(read)}</Notice>}
        {found && <Found read={found} problems={problems} />}
      </Box>
      {found && existing === 0 && asked && wrong && <Notice kind="error" title={wrong} />}
      {found && existing > 0 && (
        <ChoiceField
          id={HOW} label={`名单里已经有 ${existing} 位，新的怎么放？`} value={chosen ?? ''}
          error={asked ? wrong : undefined}
          options={[
            { value: 'append', label: '接在后面', hint: '已经填的不动' },
            { value: 'replace', label: '换掉原来的', hint: '原来填的内容和照片都会删掉' },
          ]}
          onChange={(value) => setChosen(value === 'append' ? 'append' : 'replace')}
        />
      )}
    </Page>
  )
}

function useTableFile(filling: Filling, role: string) {
  const [read, setRead] = useState<ReadTable>()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const choose = async () => {
    const file = await pickFile(['csv', 'xlsx'])
    if (!file) return
    setBusy(true)
    setRefusal(undefined)
    setRead(undefined)
    try {
      const columns = columnsOf(filling.topic, role, filling.plan.answers)
      setRead(withoutExample(columns, readTable(columns, await readTableFile(file.bytes))))
    } catch (error) {
      setRefusal(say(asRefused(error)))
    } finally {
      setBusy(false)
      setTimeout(() => focusOn(RESULT))
    }
  }
  return { read, busy, refusal, choose: () => void choose() }
}

function nobodyWords({ missing, unused }: ReadTable): string {
  return unused.length > 0 && missing.length > 0
    ? `第一行要有“${missing.slice(0, 3).join('”“')}”这样的列名，请对照模板改好再选一次。`
    : '表格里还没有填人，请填好再选一次。'
}

/** What was read, and what of it wants looking at. */
function Found({ read, problems }: { read: ReadTable; problems: readonly LineProblem[] }) {
  const { rows, missing, unused } = read
  const lines = new Set(problems.map(({ line }) => line)).size
  return (
    <>
      <Notice
        kind={lines > 0 ? 'warn' : 'good'}
        title={`认出 ${rows.length} 人，${lines > 0 ? `${lines} 行有问题` : '没有发现问题'}`}
      >
        {lines > 0 && (
          <Box as="p" className="import-note">有问题的也能先加入，再在名单里逐个改好。</Box>
        )}
        {missing.length > 0 && (
          <Box as="p" className="import-note">
            {`文件里没有这些列，加入以后要逐个补填：${missing.join('、')}。`}
          </Box>
        )}
        {unused.length > 0 && (
          <Box as="p" className="import-note">
            <Words>{`没有用到的列：${unused.join('、')}。`}</Words>
          </Box>
        )}
      </Notice>
      <ReadLines rows={rows} problems={problems} />
    </>
  )
}
