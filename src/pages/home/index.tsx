import { useFrame } from '@/ui/frame'
import { LinkButton } from '@/ui/button'
import { Page } from '@/ui/page'

/** Where everything starts. */
export default function HomePage() {
  const { elder, setElder } = useFrame()
  return (
    <Page
      title="喀什一件事"
      lead="一次告知、一表申请、一套材料、一次提交。"
      aside={(
        <LinkButton onTap={() => setElder(!elder)}>{elder ? '标准模式' : '长辈模式'}</LinkButton>
      )}
    />
  )
}
