import type { Countersigning } from '@core/contract/signing'
import { Box } from '@/ui/box'
import { Card, Facts } from '@/ui/card'

type Sheet = NonNullable<Countersigning['sheet']>

const TITLES: Record<Sheet['groups'][number]['whose'], (title: string) => string> = {
  you: (title) => `您的信息（${title}）`,
  common: (title) => title,
  others: (title) => `${title}（个人信息已隐去）`,
}

/** What is being signed: what is done by whom, for which situation, with which data. */
export function SheetCards({ sheet: { departments, answers, groups } }: { sheet: Sheet }) {
  return (
    <>
      <Card title="各部门办什么，会收到您的什么">
        <Facts facts={departments.map(({ name, items, yours }) => ({
          term: name,
          value: (
            <>
              <Box as="p" className="countersign-line">{`用来办理：${items.join('、')}`}</Box>
              <Box as="p" className="countersign-line muted">
                {yours.length > 0 ? `会收到您的：${yours.join('、')}` : '不收您的信息'}
              </Box>
            </>
          ),
        }))}
        />
      </Card>
      <Card title="申请人选的办理情形">
        <Facts facts={answers.map(({ ask, answer }) => ({ term: ask, value: answer }))} />
      </Card>
      {groups.map(({ title, whose, rows }) => (
        <Card key={title} title={TITLES[whose](title)}>
          <Facts facts={rows.map(({ label, value }) => ({ term: label, value }))} />
        </Card>
      ))}
    </>
  )
}
