import { type Refusal, say } from '@core/refusal'
import { goBack } from '@/platform/navigation'
import { Box } from '@/ui/box'
import { Page } from '@/ui/page'
import { Empty, Loading } from '@/ui/status'

/** Instead of a page of a topic while its data is on its way, or when it could not be had. */
export function FillingGate({ title, refused }: { title: string; refused?: Refusal }) {
  return (
    <Page title={title} onBack={goBack}>
      {refused
        ? (
          <Box role="alert">
            <Empty
              title="暂时打不开" note={say(refused)}
              action={{ label: '返回上一页', onTap: goBack }}
            />
          </Box>
        )
        : <Loading rows={4} />}
    </Page>
  )
}
