/** What a material card opens: its ledger, and photos of earlier cases. */
import type { MyMaterial } from '@core/contract/material'
import type { Topic } from '@core/contract/topic'
import { ownedBy } from '@core/form'
import type { PlannedMaterial, Supply } from '@core/materials'
import { MaterialLedger } from '@/components/material-ledger'
import { MyPhotos } from '@/components/my-photos'
import { placeSent } from '@/stores/uploads'

export type CardSheet =
  | { is: 'ledger'; material: PlannedMaterial }
  | { is: 'reuse'; material: PlannedMaterial; found: readonly MyMaterial[] }

export interface CardSheetsProps {
  sheet: CardSheet
  topic: Topic
  /** the topic of a draft, or the id of a case that is corrected */
  owner: string
  supply: Supply | undefined
  onClose: () => void
}

export function CardSheets({ sheet, topic, owner, supply, onClose }: CardSheetsProps) {
  const { material } = sheet
  if (sheet.is === 'ledger') {
    return <MaterialLedger topic={topic} material={material} supply={supply} onClose={onClose} />
  }
  return (
    <MyPhotos
      name={ownedBy(material.roleLabel, material.name)} found={sheet.found} onClose={onClose}
      onTake={({ ids }) => {
        placeSent({ topicId: owner, key: material.key }, ids)
        onClose()
      }}
    />
  )
}
