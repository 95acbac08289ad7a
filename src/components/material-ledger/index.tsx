/** 材料清单: who needs one document, why, by which law, and what becomes of it. */
import type { Topic } from '@core/contract/topic'
import { ownedBy } from '@core/form'
import type { PlannedMaterial, Supply } from '@core/materials'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Sheet } from '@/ui/sheet'

export interface MaterialLedgerProps {
  topic: Topic
  material: PlannedMaterial
  supply: Supply | undefined
  onClose: () => void
}

export function MaterialLedger({ topic, material, supply, onClose }: MaterialLedgerProps) {
  const { name, roleLabel, askedBy } = material
  return (
    <Sheet
      title={`谁要用${ownedBy(roleLabel, name)}`} onClose={onClose}
      footer={<Button onTap={onClose}>知道了</Button>}
    >
      <Box as="p">{`只交一次，下面 ${askedBy.length} 件事共用。没有列出的部门看不到。`}</Box>
      {askedBy.map(({ itemId, reason }) => {
        const item = topic.items.find(({ id }) => id === itemId)
        const department = topic.departments.find(({ id }) => id === item?.department)
        const basis = item?.basis.map(({ law, article }) => `${law}${article}`).join('；')
        return (
          <Card key={itemId} title={item?.name ?? itemId}>
            <Facts
              facts={[
                { term: '哪个部门', value: department?.name },
                { term: '为什么要', value: reason ?? '核对这件事的办理条件' },
                { term: '依据', value: basis },
              ]}
            />
          </Card>
        )
      })}
      <Box as="p" className="muted">{keepingOf(material, supply)}</Box>
    </Sheet>
  )
}

/** What the departments keep: by the way it is handed in. */
function keepingOf({ how }: PlannedMaterial, supply: Supply | undefined): string {
  if (how === 'onsite') return '现场看原件，看完当场还给您，不留原件。'
  if (how === 'declaration') return '您确认的内容随办件存档。'
  return supply?.by === 'certificate'
    ? '用电子证照时，部门只在线核对，不另外留照片。'
    : '照片随办件存档，不收原件；改用电子证照的，只在线核对，不留照片。'
}
