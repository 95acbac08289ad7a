import { Button as WechatButton } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useInSight } from '@/stores/in-sight'
import {
  AGREE_BUTTON, answerPrivacy, openPermissions, type Permission, readPrivacy,
} from '@/platform/consent'
import { goTo } from '@/platform/navigation'
import { dropConsent, useConsent } from '@/stores/consent'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Sheet } from '@/ui/sheet'

/** Over every page: what WeChat has to ask before a photo is taken, and what else goes without. */
export function ConsentSheet() {
  const consent = useConsent(({ consent: now }) => now)
  const inSight = useInSight()
  if (!consent || !inSight) return null
  if (consent.is === 'asked') return <Asked />
  return consent.what === 'privacy'
    ? <Without title="没有同意也能办" text="没有同意《隐私保护指引》，这里就不能拍照、选照片或者保存图片。" />
    : <Denied permission={consent.what} />
}

function Asked() {
  const refuse = () => answerPrivacy(false)
  return (
    <Sheet
      title="隐私保护指引" onClose={refuse}
      footer={(
        <Box className="pair">
          <Button kind="secondary" onTap={refuse}>不同意</Button>
          <WechatButton
            id={AGREE_BUTTON} className="tap button button-primary" hoverClass="tap-hover"
            openType="agreePrivacyAuthorization"
            onAgreePrivacyAuthorization={() => answerPrivacy(true)}
          >
            同意并继续
          </WechatButton>
        </Box>
      )}
    >
      <Box as="p">拍照、选照片、选文件、保存图片和复制文字以前，要先请您同意。</Box>
      <Box as="p">照片和填写的内容只用来办您正在办的事，只给办这件事的部门看。谁看过，“我的信息”里查得到。</Box>
      <LinkButton onTap={readPrivacy}>看《喀什一件事隐私保护指引》</LinkButton>
    </Sheet>
  )
}

const NAMES: Record<Permission, string> = { camera: '相机', album: '相册' }

function Denied({ permission }: { permission: Permission }) {
  const name = NAMES[permission]
  return (
    <Without
      title={`还不能用${name}`}
      text={`微信里没有允许这个小程序用${name}。到设置里打开，再回来试一次。`}
      act={<Button onTap={settle(openPermissions)}>去设置</Button>}
    />
  )
}

const settle = (act: () => void) => () => {
  dropConsent()
  act()
}

function Without({ title, text, act }: { title: string; text: string; act?: ReactNode }) {
  return (
    <Sheet title={title} onClose={dropConsent} footer={act}>
      <Box as="p">{text}</Box>
      <Box as="p">不拍照也能办：</Box>
      <Box className="stack">
        <Button kind="secondary" onTap={settle(() => goTo('help', { kind: 'assistance' }))}>
          请人上门或者代办
        </Button>
        <Button kind="secondary" onTap={settle(() => goTo('halls'))}>带上材料去大厅窗口</Button>
      </Box>
    </Sheet>
  )
}
