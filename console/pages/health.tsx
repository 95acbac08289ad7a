/** 运行情况: what runs here, for whoever looks after it. */
import type { SystemHealth } from '@core/contract/admin'
import { Button } from 'antd'
import { systemHealth } from '../api/admin'
import { Blank, Trouble } from '../components/trouble'
import { follow, hrefOf } from '../platform/address'
import { useLoaded } from '../stores/loaded'
import { momentWords } from '../words/time'

const MIB = 1024 * 1024
const MIGRATIONS_SHOWN = 8

export function HealthPage() {
  const { thing, failure, reload } = useLoaded(systemHealth)
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  return <div className='page'>
    <div className='page-head'>
      <h1>运行情况</h1>
      <span className='gap' />
      <span className='quiet'>{momentWords(thing.at)} 的情况</span>
      <Button onClick={reload}>刷新</Button>
    </div>
    <Trouble refusal={failure} onRetry={reload} />
    <Queue queue={thing.queue} />
    <Facts health={thing} />
    <Migrations migrations={thing.migrations} />
  </div>
}

function Queue({ queue: { waiting, dead, oldestAt } }: Pick<SystemHealth, 'queue'>) {
  const path = '/deliveries'
  return <section className='card' aria-labelledby='queue'>
    <h2 id='queue'>对接投递</h2>
    <dl className='facts'>
      <div><dt>投不出去</dt><dd className={dead > 0 ? 'number late' : 'number'}>{dead} 件</dd></div>
      <div><dt>待投递</dt><dd className='number'>
        {waiting} 件{oldestAt && `，最早一件 ${momentWords(oldestAt)} 产生`}
      </dd></div>
      <div><dd><a href={hrefOf(path)} onClick={follow(path)}>
        {dead > 0 ? '去看原因，重新投递' : '看投递情况'}
      </a></dd></div>
    </dl>
  </section>
}

function Facts({ health }: { health: SystemHealth }) {
  return <section className='card' aria-labelledby='running'>
    <h2 id='running'>版本和规模</h2>
    <dl className='facts'>
      <div><dt>平台版本</dt><dd className='number'>{health.version}</dd></div>
      <div><dt>Node.js</dt><dd className='number'>{health.node}</dd></div>
      <div><dt>PostgreSQL</dt><dd className='number'>{health.postgres}</dd></div>
      <div><dt>数据库大小</dt><dd className='number'>
        {(health.databaseBytes / MIB).toFixed(1)} MB
      </dd></div>
      <div><dt>数据库连接</dt><dd className='number'>{health.connections} 个</dd></div>
      <div><dt>已发布主题</dt><dd className='number'>{health.topics} 个</dd></div>
    </dl>
  </section>
}

function Migrations({ migrations }: { migrations: SystemHealth['migrations'] }) {
  return <section className='card scroll' aria-labelledby='migrations'>
    <h2 id='migrations'>数据库结构（共 {migrations.length} 步，最近的在前）</h2>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>序号</th><th scope='col'>名称</th><th scope='col'>何时应用</th>
      </tr></thead>
      <tbody>{migrations.slice(-MIGRATIONS_SHOWN).reverse().map(({ number, name, appliedAt }) =>
        <tr key={number}>
          <th scope='row' className='number'>{number}</th>
          <td>{name}</td>
          <td className='number'>{momentWords(appliedAt)}</td>
        </tr>)}
      </tbody>
    </table>
  </section>
}
