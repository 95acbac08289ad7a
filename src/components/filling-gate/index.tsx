import { type Refusal, say } from '@core/refusal'
import { goBack, goTo } from '@/platform/navigation'
import { personaWords, usePersona } from '@/stores/persona'
import { Box } from '@/ui/box'
import { Page } from '@/ui/page'
import { Empty, Loading } from '@/ui/status'

/** Instead of a page of a topic while its data is on its way, or when it could not be had. */
export function FillingGate({ title, refused }: { title: string; refused?: Refusal }) {
  return (
    <Page title={title} onBack={goBack}>
      {!refused && <Loading rows={4} />}
      {refused && (
        <Box role="alert">
          {refused.code === 'NOT_WHILE_ACTING'
            ? <NotEntrusted />
            : (
              <Empty
                title="暂时打不开" note={say(refused)}
                action={{ label: '返回上一页', onTap: goBack }}
              />
            )}
        </Box>
      )}
    </Page>
  )
}

/** A matter that whom one acts for has not entrusted. */
function NotEntrusted() {
  const acting = usePersona((state) => state.acting)
  const topics = acting?.topics?.map((one) => `“${one.title}”`).join('、') ?? ''
  return (
    <Empty
      title="这件事没有委托给您"
      note={acting
        ? `${personaWords(acting)}委托您办的是${topics}。自己要办，先换回本人；要替他办，请他再委托。`
        : say({ code: 'NOT_WHILE_ACTING', detail: {} })}
      action={{ label: '换人，或换回本人', onTap: () => goTo('acting') }}
    />
  )
}
