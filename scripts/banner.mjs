// What a demo prints when it is ready: addresses and the invented accounts.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const TRAINING = `培训环境已就绪 / The training room is ready（人和事都是编的，办了不算数）
  账号在工作台的登录页上点一下就填好；系统管理员可以造练习件
  / Accounts fill in at a click on the desk's sign-in page; its system administrator makes cases`

export function banner({ address, town, log, root, training }) {
  const staff = JSON.parse(readFileSync(path.join(root, 'server/demo-accounts.json'), 'utf8'))
  const groups = [...new Set(town.people.map(({ shows }) => shows))]
  const citizens = groups.map((group) => [
    `    ▸ ${group}`,
    ...town.people.filter(({ shows }) => shows === group).map(({ who, name, phone, idNumber }) =>
      `      ${phone}  ${idNumber}  ${name}（${who}）`),
  ].join('\n'))
  const colleagues = staff.map(({ login, name, password, totpSecret }) =>
    `    ${login}  密码 ${password}  TOTP ${totpSecret}  ${name}`)
  const departments = Object.entries(town.departments)
    .map(([id, url]) => `    ${id}  ${url}/admin/tasks`)
  return `
${training ? TRAINING : '演示已就绪 / Demo is ready（演示：人物、证照、短信都是虚构的）'}

  手机端 App        ${address}/
  工作台 Desk       ${address}/desk/   ← 窗口、部门、监督人员 / staff
  接口 API          ${address}/v1
  接口文档 OpenAPI  ${address}/v1/openapi.json
  短信收件箱 SMS    ${town.sms}/     ← 登录验证码在这里看 / login codes arrive here
  运行日志 Log      ${log}

  【演示】群众账号：用手机号登录，再用姓名和身份证号实名，按能演示的事分组
         / Demo citizens, by what they can show: log in with the phone, then real-name check
${citizens.join('\n')}

  【演示】工作人员账号 / Demo staff, who sign in at ${address}/desk/:
${colleagues.join('\n')}

${training ? '' : `  【演示】部门系统 / Demo departments, told how to answer by POST …/admin/behaviour:
${departments.join('\n')}
`}${town.clerk ? `  【演示】综窗机器人 / Robot at the counter: ${town.clerk}/admin/behaviour\n` : ''}
停止 / Stop: Ctrl+C
`
}
