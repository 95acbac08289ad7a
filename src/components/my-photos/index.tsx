/** 用以前拍过的: photos of the same kind of document from one's earlier cases. */
import type { MyMaterial } from '@core/contract/material'
import { ofWhom } from '@core/titled'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Sheet } from '@/ui/sheet'

export interface MyPhotosProps {
  name: string
  found: readonly MyMaterial[]
  onTake: (one: MyMaterial) => void
  onClose: () => void
}

export function MyPhotos({ name, found, onTake, onClose }: MyPhotosProps) {
  return (
    <Sheet
      title={`用以前拍过的${name}`} onClose={onClose}
      footer={<Button kind="secondary" onTap={onClose}>不用，重新拍</Button>}
    >
      <Box as="p">请看清是谁的。证件换过或者过期了，请重新拍。</Box>
      {found.map((one) => {
        const title = ofWhom(one.whose, one.name)
        const on = dayOf(one.usedOn)
        return (
          <Card key={one.ids.join()} title={title}>
            <Box as="p">{`${on}用在“${one.usedIn}”，共 ${one.ids.length} 张`}</Box>
            <Button
              kind="secondary" label={`用${on}的${title}`} onTap={() => onTake(one)}
            >
              用这一份
            </Button>
          </Card>
        )
      })}
    </Sheet>
  )
}

function dayOf(instant: string): string {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number)
  return `${year} 年 ${month} 月 ${day} 日`
}
