/** Which page an address shows, and to whom. */
import { App as Kit, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useCallback, useEffect } from 'react'
import { staffMe } from './api/session'
import { Shell, type Place } from './components/shell'
import { IdleWarning } from './components/idle-warning'
import { TrainingStrip } from './components/training-strip'
import { AccountsPage } from './pages/accounts'
import { AuditLogPage } from './pages/audit'
import { CasePage } from './pages/case'
import { CasesPage } from './pages/cases'
import { CataloguePage } from './pages/catalogue'
import { CatalogueTopicPage } from './pages/catalogue/topic'
import { ContactsPage } from './pages/contacts'
import { CounterPage } from './pages/counter'
import { DeliveriesPage } from './pages/deliveries'
import { FiguresPage } from './pages/figures'
import { HealthPage } from './pages/health'
import { LettersPage } from './pages/letters'
import { LoginPage } from './pages/login'
import { PracticePage } from './pages/practice'
import { RectificationPage } from './pages/rectification'
import { RectificationsPage } from './pages/rectifications'
import { SignalPage } from './pages/signal'
import { SignalsPage } from './pages/signals'
import { TaskPage } from './pages/task'
import { TasksPage } from './pages/tasks'
import { TicketPage } from './pages/ticket'
import { TicketsPage } from './pages/tickets'
import { go, hrefOf, useAddress } from './platform/address'
import { listen } from './platform/request'
import { reached, useConnection } from './stores/connection'
import { useIdle, useStayKnown } from './stores/idle'
import { loadOffice } from './stores/office'
import { type Staff, signOut, useSession } from './stores/session'
import { askTraining, useTraining } from './stores/training'
import { THEME } from './theme'

interface Section {
  path: string
  name: string
  roles: readonly Staff['role'][]
  /** only in a training room */
  training?: true
  list: () => ReactNode
  one: (id: string) => ReactNode
}

/** The first of one's role is where one begins. */
const SECTIONS: readonly Section[] = [
  {
    path: '/cases', name: '办件', roles: ['window', 'supervisor'],
    list: () => <CasesPage />, one: (id) => <CasePage key={id} id={id} />,
  },
  {
    path: '/counter', name: '代办申报', roles: ['window'],
    list: () => <CounterPage />, one: () => <CounterPage />,
  },
  {
    path: '/tasks', name: '事项', roles: ['department'],
    list: () => <TasksPage />, one: (id) => <TaskPage key={id} id={id} />,
  },
  {
    path: '/tickets', name: '求助', roles: ['window', 'department', 'supervisor'],
    list: () => <TicketsPage />, one: (id) => <TicketPage key={id} id={id} />,
  },
  {
    path: '/rectifications', name: '差评整改', roles: ['window', 'department', 'supervisor'],
    list: () => <RectificationsPage />, one: (id) => <RectificationPage key={id} id={id} />,
  },
  {
    path: '/signals', name: '时限信号', roles: ['department', 'supervisor'],
    list: () => <SignalsPage />, one: (id) => <SignalPage key={id} id={id} />,
  },
  {
    path: '/letters', name: '未送达', roles: ['department'],
    list: () => <LettersPage />, one: () => <LettersPage />,
  },
  {
    path: '/figures', name: '监察数据', roles: ['supervisor'],
    list: () => <FiguresPage />, one: () => <FiguresPage />,
  },
  {
    path: '/contacts', name: '责任人', roles: ['window', 'department', 'supervisor'],
    list: () => <ContactsPage />, one: () => <ContactsPage />,
  },
  {
    path: '/catalogue', name: '目录', roles: ['editor', 'publisher'],
    list: () => <CataloguePage />, one: (id) => <CatalogueTopicPage key={id} id={id} />,
  },
  {
    path: '/deliveries', name: '对接投递', roles: ['system-admin'],
    list: () => <DeliveriesPage />, one: () => <DeliveriesPage />,
  },
  {
    path: '/health', name: '运行情况', roles: ['system-admin'],
    list: () => <HealthPage />, one: () => <HealthPage />,
  },
  {
    path: '/practice', name: '练习件', roles: ['system-admin'], training: true,
    list: () => <PracticePage />, one: () => <PracticePage />,
  },
  {
    path: '/accounts', name: '账号', roles: ['security-admin'],
    list: () => <AccountsPage />, one: () => <AccountsPage />,
  },
  {
    path: '/audit', name: '审计', roles: ['audit-admin'],
    list: () => <AuditLogPage />, one: () => <AuditLogPage />,
  },
]

const here = () => location.pathname.replace(/^\/desk/, '') + location.search
listen({ reached, signedOut: () => void signOut('expired', here()) })
void askTraining()

export function App() {
  const session = useSession((state) => state.session)
  const { training } = useTraining()
  return <ConfigProvider locale={zhCN} theme={THEME} wave={{ disabled: true }}
    button={{ autoInsertSpace: false }}>
    <Kit component={false}>
      <div className={training ? 'frame in-training' : 'frame'}>
        {training && <TrainingStrip />}
        {session ? <Inside staff={session.staff} training={training} />
          : <LoginPage training={training} />}
      </div>
    </Kit>
  </ConfigProvider>
}

function Inside({ staff, training }: { staff: Staff; training: boolean }) {
  const { path } = useAddress()
  const { lostAt, heardAt } = useConnection()
  const sections = SECTIONS.filter((one) => one.roles.includes(staff.role) &&
    (training || !one.training))
  const [, name, id] = path.split('/')
  const section = sections.find((one) => one.path === `/${name}`)
  const home = sections[0]?.path ?? '/'
  useEffect(() => {
    void loadOffice()
  }, [])
  useEffect(() => {
    if (!section) go(home, { instead: true })
    document.title = `${section?.name ?? ''} · 一件事工作台`
  }, [section, home])
  const endIdle = useCallback(() => void signOut('idle', here()), [])
  const idle = useIdle(endIdle)
  useStayKnown(staffMe)
  const places = sections.map((one): Place => ({ ...one, href: hrefOf(one.path) }))
  return <Shell places={places} path={path} who={staff.name} lostAt={lostAt} heardAt={heardAt}
    onGo={go} onLeave={() => void signOut('left', '')}>
    {section && (id ? section.one(id) : section.list())}
    <IdleWarning left={idle.left} onStay={idle.stay} />
  </Shell>
}
