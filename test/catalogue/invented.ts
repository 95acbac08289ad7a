/** An invented topic, as an author would write it: YAML alone, own items, no line of code. */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const INVENTED: Readonly<Record<string, string>> = {
  'departments.yaml': `
- { id: parks, name: 样例园林局, short: 园林局, phone: '12345' }
- { id: water, name: 样例水利局, short: 水利局, phone: '12345' }
`,
  'elements/all.yaml': `
- { id: name, label: 姓名, type: name, sensitive: true, ground: 样例办法第一条 }
- { id: phone, label: 手机号, type: phone, sensitive: true, ground: 样例办法第一条 }
- { id: treeCount, label: 棵数, type: number, unit: 棵, min: 1, max: 500, sensitive: false,
    ground: 样例办法第二条 }
- { id: permitNumber, label: 许可编号, type: text, sensitive: false, ground: 样例办法第三条 }
`,
  'materials/all.yaml': `
- { id: site-photo, name: 现场照片, content: 拍清楚要种树的地方, sides: [现场], maxPages: 3, how: photo,
    sample: [现场（样例）] }
- { id: permit, name: 种树许可, content: 编号和印章清晰, sides: [正面], maxPages: 1, how: photo,
    sample: [许可（样例）] }
- { id: promise, name: 养护承诺, content: 由申请人确认, sides: [承诺内容], maxPages: 1,
    how: declaration, declaration: 我承诺照看种下的树三年。 }
`,
  'items/tree-permit.yaml': `
id: tree-permit
name: 种树许可
short: 种树许可
seedRows: []
seedNote: 样例，不在清单里
department: parks
mode: apply
roles: [holder]
facts: { many: 超过十棵 }
conditions: [有地方种树]
basis: [{ law: 样例办法, article: 第二条 }]
statutory: { days: 20, unit: working-day }
promised: { days: 3, unit: working-day }
fee: { amount: 0, text: 不收费, basis: 样例办法第九条 }
result: { name: 种树许可, material: holder.permit, gives: [holder.permitNumber], certificate: true }
fields: [holder.name, holder.phone, holder.treeCount]
materials: [{ material: holder.site-photo, when: { fact: many } }, holder.promise]
status: draft
source: 样例
checkedOn: '2026-01-01'
`,
  'items/watering.yaml': `
id: watering
name: 浇水登记
short: 浇水
seedRows: []
seedNote: 样例，不在清单里
department: water
mode: apply
roles: [user]
conditions: [已有种树许可]
basis: [{ law: 样例办法, article: 第五条 }]
promised: { days: 2, unit: working-day }
fee: { amount: 0, text: 不收费, basis: 样例办法第九条 }
result: { name: 浇水登记, certificate: false }
fields: [user.name, user.phone, user.permitNumber]
materials: [user.permit]
status: draft
source: 样例
checkedOn: '2026-01-01'
`,
  'topics/tree.yaml': `
id: tree
number: 99
version: 1
title: 种一棵树
summary: 许可和浇水一次办。
audience: person
stage: 样例
tone: plain
lead: parks
phrases: [种树]
basis: [{ law: 样例办法, article: 全文 }]
roles:
  - { id: planter, label: 种树人, relation: [{ to: me }] }
questions:
  - id: size
    ask: 要种多少棵？
    options: [{ value: few, label: 十棵以内 }, { value: many, label: 超过十棵 }]
  - id: watering
    ask: 要登记浇水吗？
    options: [{ value: 'yes', label: 要 }, { value: 'no', label: 不要 }]
items:
  - item: tree-permit
    as: { holder: planter }
    where: { many: { q: size, is: many } }
  - item: watering
    as: { user: planter }
    when: { q: watering, is: 'yes' }
    needs: { item: tree-permit }
status: draft
`,
}

/** A catalogue folder with the invented topic alone; regions and calendar are the real ones. */
export function writeInvented(changes: Readonly<Record<string, string>> = {}): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'catalogue-'))
  const real = path.resolve(__dirname, '../../catalogue')
  for (const folder of ['topics', 'items', 'elements', 'materials']) mkdirSync(path.join(dir, folder))
  cpSync(path.join(real, 'calendar'), path.join(dir, 'calendar'), { recursive: true })
  for (const file of ['regions.yaml', 'help.yaml', 'rating.yaml', 'booking.yaml']) {
    cpSync(path.join(real, file), path.join(dir, file))
  }
  for (const [file, text] of Object.entries({ ...INVENTED, ...changes })) {
    writeFileSync(path.join(dir, file), text)
  }
  return dir
}
