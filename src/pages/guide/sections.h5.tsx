import { Card } from '@/ui/card'
import { Block } from './block'
import type { SectionsProps } from './sections'

/** The whole guide, as it is printed. */
export function Sections({ sections, flow }: SectionsProps) {
  return (
    <>
      {sections.map(({ title, blocks }) => (
        <Card key={title} title={title}>
          {blocks.map((block, n) => <Block key={n} block={block} flow={flow} />)}
        </Card>
      ))}
    </>
  )
}
