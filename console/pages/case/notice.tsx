import type { NoticeView } from '@core/contract/case'

/** 一次告知单: nothing outside it may be asked. */
export function NoticeCard({ notice }: { notice: NoticeView }) {
  return <>
    <p className='quiet'>编号 {notice.number}。补正只能要求这张单子里的内容。</p>
    <table className='tasks'>
      <thead><tr>
        <th scope='col'>事项</th><th scope='col'>部门</th><th scope='col'>时限</th><th scope='col'>收费</th>
      </tr></thead>
      <tbody>
        {notice.items.map(({ name, department, days, fee }) => <tr key={name}>
          <td>{name}</td><td>{department}</td><td>{days}</td><td>{fee}</td>
        </tr>)}
      </tbody>
    </table>
    <h2>材料</h2>
    <ul>{notice.materials.map(({ key, name, content }) => <li key={key}>{name}：{content}</li>)}</ul>
    {notice.onsite.length > 0 && <>
      <h2>需要到场</h2>
      <ul>{notice.onsite.map((text) => <li key={text}>{text}</li>)}</ul>
    </>}
  </>
}
