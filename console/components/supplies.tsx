import { Button } from 'antd'

export interface ShownSupply {
  key: string
  name: string
  by: 'photos' | 'certificate' | 'declaration' | 'result' | 'none'
  /** uploads in order */
  ids: readonly string[]
}

const BY_WORDS: Record<ShownSupply['by'], string> = {
  photos: '照片', certificate: '电子证照，与原件同等效力', declaration: '告知承诺', result: '前面的事项产生',
  none: '没有提交',
}

interface SuppliesProps {
  supplies: readonly ShownSupply[]
  marked?: ReadonlySet<string>
  onMark?: (supply: ShownSupply) => void
  onLook: (uploadId: string) => void
}

/** 一套材料: what came, and a way to each photo of it. */
export function Supplies({ supplies, marked, onMark, onLook }: SuppliesProps) {
  return <section className='fields' aria-label='材料清单'>
    <h2>材料</h2>
    <dl>
      {supplies.map((supply) => {
        const isMarked = marked?.has(supply.key) ?? false
        const [first] = supply.ids
        return <div key={supply.key} className={isMarked ? 'field marked' : 'field'}>
          <dt>{supply.name}</dt>
          <dd>{first === undefined ? BY_WORDS[supply.by]
            : <Button size='small' aria-label={`看照片：${supply.name}`} onClick={() => onLook(first)}>
              {`看 ${supply.ids.length} 张照片`}
            </Button>}</dd>
          {onMark && supply.by !== 'result' && <dd className='mark'>
            <Button size='small' type={isMarked ? 'primary' : 'text'} aria-pressed={isMarked}
              aria-label={`要求补正材料：${supply.name}`} onClick={() => onMark(supply)}>
              {isMarked ? '已标' : '补正'}
            </Button>
          </dd>}
        </div>
      })}
    </dl>
  </section>
}
