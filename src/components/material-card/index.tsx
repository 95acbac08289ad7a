/** One document: whose, why, what must be readable, and how it is handed in. */
import type { SharedCertificate } from '@core/contract/session'
import { ownedBy } from '@core/form'
import type { PlannedMaterial, Supply } from '@core/materials'
import { ofWhom } from '@core/titled'
import { useState } from 'react'
import type { Shot } from '@/stores/uploads'
import { Sample } from '@/components/sample'
import { Box, Tap, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Checkbox } from '@/ui/fields'
import { Icon } from '@/ui/icon'
import { PhotoTile } from '@/ui/photo-tile'
import { Notice, Tag } from '@/ui/status'
import { Worded } from '@/ui/worded'
import './index.scss'

export interface MaterialCardProps {
  material: PlannedMaterial
  /** short names of the items, by id */
  itemNames: ReadonlyMap<string, string>
  supply: Supply | undefined
  /** it is new, or asked otherwise than when the draft was begun */
  moved?: boolean
  shots: readonly Shot[]
  /** an e-certificate that could stand for it */
  certificate: SharedCertificate | undefined
  /** at a computer: 拍照 opens a camera of the page, and there are files instead of an album */
  live?: boolean
  /** the place a photo is being prepared for */
  preparing: number | undefined
  error?: string
  onShoot: (place: number, from: 'camera' | 'album') => void
  onRemove: (shot: Shot) => void
  onRetry: (shot: Shot) => void
  onOpen: (shot: Shot) => void
  /** turning and cropping */
  onEdit: (shot: Shot) => void
  /** how to photograph it */
  onExplain: () => void
  /** who needs it, why and by which law */
  onLedger: () => void
  /** there is a photo of an earlier thing that could stand for it */
  onReuse?: () => void
  onCertificate: (id: string | undefined) => void
  onDeclare: (declared: boolean) => void
}

export function MaterialCard(props: MaterialCardProps) {
  const { material, itemNames, supply, error } = props
  const { key, name, roleLabel, askedBy, optional, how } = material
  const uses = [...new Set(askedBy.map(({ itemId }) => itemNames.get(itemId) ?? itemId))]
  const reasons = [...new Set(askedBy.flatMap(({ reason }) => reason ?? []))]
  return (
    <Box
      as="section" className={`card material ${error ? 'material-wrong' : ''}`}
      id={key} focusable
    >
      <Box className="card-head">
        <Box as="h2" className="card-title">{ofWhom(roleLabel, name)}</Box>
        {props.moved && <Tag tone="active">有变化</Tag>}
        {stateTag(props) ?? (optional ? <Tag>选填</Tag> : null)}
      </Box>
      <Box as="p" className="material-why">
        {`${uses.join('、')}要用${reasons.length > 0 ? `。${reasons.join('；')}` : ''}`}
      </Box>
      {error && (
        <Box as="p" className="field-error"><Icon name="alert" /><Words>{error}</Words></Box>
      )}
      {how === 'declaration' && <Declaration {...props} />}
      {how === 'photo' && supply?.by === 'certificate' && <ByCertificate {...props} />}
      {how === 'photo' && supply?.by !== 'certificate' && <ByPhotos {...props} />}
      <MaterialHelp {...props} />
    </Box>
  )
}

function stateTag({ material, supply, shots }: MaterialCardProps) {
  if (supply?.by === 'certificate') return <Tag tone="good">电子证照</Tag>
  if (supply?.by === 'declaration') return <Tag tone="good">已确认</Tag>
  if (shots.some(({ state }) => state.is === 'failed')) return <Tag tone="bad">没传上</Tag>
  if (shots.some(({ state }) => state.is !== 'done')) return <Tag tone="active">上传中</Tag>
  return shots.length >= material.sides.length ? <Tag tone="good">已提供</Tag> : undefined
}

function Declaration({ material, supply, onDeclare }: MaterialCardProps) {
  return (
    <Checkbox
      id={`${material.key}-declared`}
      label={material.declaration ?? material.content}
      hint="请看清楚再打勾"
      checked={supply?.by === 'declaration'}
      onChange={onDeclare}
    />
  )
}

function ByCertificate({ material, certificate, onCertificate }: MaterialCardProps) {
  const about = certificate
    ? `${certificate.holderName} ${certificate.number}，${certificate.issuer}签发`
    : undefined
  return (
    <Notice
      kind="good" title="已用电子证照，无需拍照"
      action={(
        <LinkButton
          label={`${ownedBy(material.roleLabel, material.name)}改为拍照`}
          onTap={() => onCertificate(undefined)}
        >
          改为拍照
        </LinkButton>
      )}
    >
      {about && <Box as="p" className="material-about">{about}</Box>}
    </Notice>
  )
}

function ByPhotos(props: MaterialCardProps) {
  const { material, shots, certificate, preparing, onShoot, onCertificate } = props
  const { sides, maxPages, content } = material
  const last = Math.max(-1, ...shots.map(({ place }) => place), preparing ?? -1)
  const places = Math.min(maxPages, Math.max(sides.length, last + 1))
  const full = isFull(props)
  return (
    <>
      <Box as="p" className="material-rule">{`拍清楚：${content}。`}</Box>
      {certificate && (
        <Box className="material-swap">
          <Button kind="secondary" compact onTap={() => onCertificate(certificate.id)}>
            改用电子证照，不用拍
          </Button>
        </Box>
      )}
      {Array.from({ length: places }, (_, place) => (
        <Place key={place} {...props} place={place} />
      ))}
      {full && places < maxPages && (
        <Button
          kind="quiet" compact icon="camera"
          label={`${nameOf(material, places)}再加一张`}
          onTap={() => onShoot(places, 'album')}
        >
          再加一张（选填）
        </Button>
      )}
    </>
  )
}

/** Every side has its photo. */
function isFull({ material, shots }: MaterialCardProps): boolean {
  return material.sides.every((_, place) => shots.some((shot) => shot.place === place))
}

/** What one may want to know or do besides, on one quiet line. */
function MaterialHelp(props: MaterialCardProps) {
  const { material, supply, onReuse, onExplain, onLedger } = props
  const [sampleOpen, setSampleOpen] = useState(false)
  const whose = ownedBy(material.roleLabel, material.name)
  const photos = material.how === 'photo' && supply?.by !== 'certificate'
  const sample = photos ? material.sample : undefined
  return (
    <>
      <Box className="material-help">
        {photos && onReuse && !isFull(props) && (
          <LinkButton label={`用以前拍过的${whose}`} onTap={onReuse}>用以前拍过的</LinkButton>
        )}
        {photos && <LinkButton label={`怎么拍${whose}`} onTap={onExplain}>怎么拍</LinkButton>}
        {sample && (
          <Tap
            className="link" label={`${sampleOpen ? '收起' : '看'}${whose}的样例`} expanded={sampleOpen}
            onTap={() => setSampleOpen(!sampleOpen)}
          >
            <Worded>{sampleOpen ? '收起样例' : '看样例'}</Worded>
          </Tap>
        )}
        <LinkButton label={`谁要用${whose}、依据什么`} onTap={onLedger}>依据什么</LinkButton>
      </Box>
      {sample && sampleOpen && <Sample lines={sample} />}
    </>
  )
}

/** What a photo shows, e.g. 母亲的居民身份证 人像面. */
export function nameOf({ roleLabel, name, sides }: PlannedMaterial, place: number): string {
  return `${ownedBy(roleLabel, name)} ${sides[place] ?? `第 ${place + 1} 张`}`
}

function Place(props: MaterialCardProps & { place: number }) {
  const { material, shots, certificate, preparing, place } = props
  const { onShoot, onRemove, onRetry, onOpen, onEdit } = props
  const shot = shots.find((one) => one.place === place)
  const side = material.sides[place] ?? `第 ${place + 1} 张`
  const name = nameOf(material, place)
  if (preparing === place) {
    return <Box className="shot-empty" role="status">{`正在处理“${side}”的照片…`}</Box>
  }
  if (shot) {
    const act = {
      onRemove: () => onRemove(shot),
      onRetry: () => onRetry(shot),
      onOpen: () => onOpen(shot),
    }
    return shot.thumbnail || shot.photo
      ? (
        <PhotoTile
          {...act} name={name} src={shot.thumbnail} state={shot.state} advice={shot.advice}
          onEdit={() => onEdit(shot)}
        />
      )
      : <SentEarlier name={name} side={side} {...act} />
  }
  return (
    <Box className="shot-empty">
      <Words className="shot-side">{side}</Words>
      <Box className="shot-acts">
        <Button
          kind={certificate ? 'quiet' : 'secondary'} compact icon="camera" label={`拍照：${name}`}
          onTap={() => onShoot(place, 'camera')}
        >
          拍照
        </Button>
        <Button
          kind="quiet" compact label={`${props.live ? '选择文件' : '从相册选'}：${name}`}
          onTap={() => onShoot(place, 'album')}
        >
          {props.live ? '选择文件' : '相册'}
        </Button>
      </Box>
    </Box>
  )
}

function SentEarlier({ name, side, onOpen, onRemove }: {
  name: string
  side: string
  onOpen: () => void
  onRemove: () => void
}) {
  return (
    <Box className="shot-empty shot-sent">
      <Words className="shot-side"><Icon name="check" />{` ${side}：之前已上传`}</Words>
      <Box className="shot-acts">
        <Button kind="quiet" compact label={`查看${name}`} onTap={onOpen}>查看</Button>
        <Button kind="quiet" compact label={`删除${name}`} onTap={onRemove}>删除</Button>
      </Box>
    </Box>
  )
}
