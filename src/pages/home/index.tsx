import { useEffect, useRef, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import type { TopicBrief } from '@core/contract/home'
import { say } from '@core/refusal'
import { type Audience, AudienceChoice } from '@/components/audience-choice'
import { CountyField } from '@/components/county-field'
import { HelpLine } from '@/components/help-line'
import { MainNav } from '@/components/main-nav'
import { TopicList } from '@/components/topic-list'
import { asRefused } from '@/api/client'
import { changeMe } from '@/api/session'
import { goTo } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { refreshHome, useHome } from '@/stores/home'
import { LANGUAGES, chooseLanguage } from '@/stores/language'
import { usePersona } from '@/stores/persona'
import { useRegion } from '@/stores/place'
import { setRegion, useSettings } from '@/stores/settings'
import { Box, Tap, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { CardLink } from '@/ui/card'
import { useFrame } from '@/ui/frame'
import { Icon } from '@/ui/icon'
import { Page } from '@/ui/page'
import { Sheet } from '@/ui/sheet'
import { Empty, Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { Worded } from '@/ui/worded'
import { Waiting } from './waiting'
import './index.scss'

/** 首页: what waits for me first, then what can be done. */
export default function Home() {
  const { signedIn, me } = useMe()
  const { topics, tasks, expected, unread, refused } = useHome()
  const { elder, setElder } = useFrame()
  useDidShow(() => void refreshHome())
  const askedAs = useRef(signedIn)
  useEffect(() => {
    // the page has just been shown, and has asked: only who came or went meanwhile is new
    if (askedAs.current === signedIn) return
    askedAs.current = signedIn
    void refreshHome()
  }, [signedIn])
  const toggle = () => {
    setElder(!elder)
    // It holds on this phone at once; the account learns of it when it can.
    if (signedIn) changeMe({ elder: !elder }).catch(asRefused)
  }
  return (
    <Page
      title="喀什一件事" heading={false}
      aside={(
        <Tap className="home-elder" pressed={elder} onTap={toggle}>
          <Worded>{elder ? '标准版' : '长辈版'}</Worded>
        </Tap>
      )}
      footer={<MainNav here="home" unread={unread} />}
      help={<HelpLine />}
    >
      <Box className="home-page">
        <Box className="home-head">
          <Box as="h1" className="page-title">一件事，一次办好</Box>
          <Box className="home-bar">
            <County />
            {!signedIn && (
              <Tap className="home-chip" onTap={() => goTo('login')}>
                <Icon name="person" /><Worded>登录</Worded>
              </Tap>
            )}
            <Languages />
          </Box>
        </Box>
        {signedIn && <Whom own={me?.name ?? undefined} />}
        {signedIn && tasks.length > 0 && <Waiting tasks={tasks} />}
        {signedIn && expected > 0 && <Loading label="正在看有什么等您处理" rows={expected + 1} />}
        <Ways />
        {refused && topics && refused.code !== 'OFFLINE' && (
          <Notice kind="warn">{say(refused)}</Notice>
        )}
        <Topics topics={topics} failed={refused ? say(refused) : undefined} />
      </Box>
    </Page>
  )
}

/** Who is here and for whom, and the way to change it. Of two lines, whatever it says. */
function Whom({ own }: { own: string | undefined }) {
  const acting = usePersona((state) => state.acting)
  const self = own ? `现在是${own}本人在办` : '先换成他，办的就是他的事'
  return (
    <CardLink
      title={acting ? '换一个人办' : '替孩子、老人、企业办？'}
      note={acting ? '现在看到的、办的都是他的事' : self} icon="person"
      onTap={() => goTo('acting')}
    />
  )
}

/** 语言帮助, before anything else is read; 我的 tells more of it. */
function Languages() {
  const chosen = useSettings(({ language }) => language)
  const toggle = (code: string, note: string) => {
    const off = chosen === code
    chooseLanguage(off ? undefined : code)
      .then(() => off || showToast(note))
      .catch((error: unknown) => showToast(say(asRefused(error)), 'error'))
  }
  return LANGUAGES.map(({ code, name, label, note }) => (
    <Tap
      key={code} className="home-chip" pressed={chosen === code} label={`${name} ${label}`}
      onTap={() => toggle(code, note)}
    >
      <Words>{name}</Words>
    </Tap>
  ))
}

function County() {
  const region = useRegion()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Tap
        className="home-chip" label={`办事地区：${region?.name ?? '喀什地区'}，点击更换`}
        onTap={() => setOpen(true)}
      >
        <Icon name="location" /><Words>{region?.name ?? '喀什地区'}</Words><Icon name="down" />
      </Tap>
      {open && (
        <Sheet
          title="选择办事地区" onClose={() => setOpen(false)}
          footer={<Button onTap={() => setOpen(false)}>选好了</Button>}
        >
          <CountyField onChange={setRegion} />
        </Sheet>
      )}
    </>
  )
}

/** The two ways to a topic for whoever does not see it in the list. */
function Ways() {
  return (
    <Box className="home-ways">
      <Tap className="home-search" onTap={() => goTo('find')}>
        <Icon name="search" /><Worded>想办什么事？比如“孩子上户口”</Worded>
      </Tap>
      <CardLink
        title="发生了什么事？" note="不知道叫什么，从发生的事里选" icon="info"
        onTap={() => goTo('life')}
      />
    </Box>
  )
}

function Topics({ topics, failed }: {
  topics: readonly TopicBrief[] | undefined
  failed: string | undefined
}) {
  const [audience, setAudience] = useState<Audience>('person')
  if (!topics && failed) {
    return (
      <Empty
        title="暂时打不开" note={failed}
        action={{ label: '再试一次', onTap: () => void refreshHome() }}
      />
    )
  }
  if (!topics) return <Loading rows={4} />
  if (topics.length === 0) return <Empty title="还没有可以办的事项" note="请稍后再来看看。" />
  const of = (one: Audience) => topics.filter((topic) => topic.audience === one)
  return (
    <Box as="section" className="home-part">
      <Box as="h2" className="home-title">可以办的事</Box>
      <AudienceChoice
        value={audience} count={(one) => of(one).length} onChange={setAudience}
      />
      <TopicList topics={of(audience)} />
    </Box>
  )
}
