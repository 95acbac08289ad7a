/**
 * Faults of a topic as its authors read them. The check speaks to a terminal, in English; each part
 * of its sentence is said here in Chinese, and what is not known stays as it is.
 */
type Saying = readonly [said: RegExp, words: string]

/** Where it is, before the last colon. */
const PLACES: readonly Saying[] = [
  [/^item (.+)$/, '事项 $1'],
  [/^question (.+)$/, '问题 $1'],
  [/^(?:field|check on) (.+)$/, '数据项 $1'],
  [/^material (.+)$/, '材料 $1'],
  [/^role (.+) as (.+)$/, '角色 $1 是本人的 $2'],
  [/^role (.+) signs$/, '角色 $1 签字'],
  [/^role (.+)$/, '角色 $1'],
  [/^deadline (.+) for (.+)$/, '时间提醒 $1（$2）'],
  [/^deadline (.+)$/, '时间提醒 $1'],
  [/^notice (.+)$/, '提示 $1'],
  [/^stop (.+)$/, '不能办的情形 $1'],
  [/^alternative (.+)$/, '多选一 $1'],
  [/^join (.+)$/, '联办 $1'],
  [/^suggestion(?: of)? ?(.*)$/, '预填 $1'],
  [/^step (.+)$/, '到场环节 $1'],
  [/^department (.+)$/, '部门 $1'],
  [/^(.+) (?:field|material) (.+)$/, '$1 的 $2'],
  [/^(.+) season$/, '$1 的报名期'],
  [/^season$/, '报名期'],
  // what stands there says where it is
  [/^\w+(?:\[\d+\]|\.\w+)* (“.*”)$/, '$1'],
  [/^elements$/, '数据项'], [/^materials$/, '材料'], [/^items$/, '事项'], [/^topics$/, '主题'],
  [/^questions$/, '问题'], [/^roles$/, '角色'], [/^deadlines$/, '时间提醒'],
  [/^notices$/, '提示'], [/^stops$/, '不能办的情形'], [/^departments$/, '部门'],
  [/^phrases$/, '说法'],
]

/** What is wrong with it. */
const FAULTS: readonly Saying[] = [
  [/^no item "(.+)"$/, '没有事项“$1”'],
  [/^no element "(.+)"$/, '没有数据项“$1”'],
  [/^no material "(.+)"$/, '没有材料“$1”'],
  [/^no season "(.+)"$/, '没有报名期“$1”'],
  [/^no department "(.+)"$/, '没有部门“$1”'],
  [/^no question "(.+)"$/, '没有问题“$1”'],
  [/^no field "(.+)"$/, '没有数据项“$1”'],
  [/^(?:question|field) "(.+)" has no option "(.+)"$/, '“$1”没有选项“$2”'],
  [/^role of "(.+)" undeclared$/, '“$1”的角色没有在事项里写明'],
  [/^role "(.+)" is not bound$/, '角色“$1”没有对应到主题里的人'],
  [/^(?:unbound fact "(.+)"|fact "(.+)" is not bound)$/, '情形“$1$2”没有对应到主题的条件'],
  [/^an item cannot ask question "(.+)"; use a fact$/, '事项不能直接引用问题“$1”，请写成情形'],
  [/^the item has no fact "(.+)"$/, '这个事项没有情形“$1”'],
  [/^may depend on questions only$/, '出不出现只能由前面的问题决定'],
  [/^"(.+)" is not asked before it$/, '“$1”没有在它前面问'],
  [/^(?:option |step )?"(.+)" (?:is there )?twice$/, '“$1”重复了'],
  [/^“(.+)” is there twice$/, '“$1”重复了'],
  [/^"(.+)" is defined twice$/, '“$1”定义了两次'],
  [/^number (.+) is taken twice$/, '序号 $1 用了两次'],
  [/^two mean “(.+)”$/, '有两条都叫“$1”'],
  [/^no topic has "(.+)"$/, '没有主题用到“$1”'],
  [/^no item (?:asks|uses) "(.+)"$/, '没有事项用到“$1”'],
  [/^joins unknown "(.+)"$/, '没有主题“$1”可以联办'],
  [/^cannot carry "(.+)" to "(.+)" of (.+)$/, '“$1”的信息带不到 $3 的“$2”'],
  [/^role "(.+)" unused$/, '角色“$1”没有用到'],
  [/^fact "(.+)" decides nothing$/, '情形“$1”什么也不决定'],
  [/^alone, though only one may be chosen$/, '单选题不用写“只能单独选”'],
  [/^usual, though it cannot go with others$/, '常选项不能和别的一起选'],
  [/^a comma in a value$/, '选项的值里有逗号'],
  [/^not one short question$/, '要写成一句 30 字以内、以“？”结尾的问句'],
  [/^nothing is asked of it$/, '没有向这个角色问任何内容'],
  [/^no relation to the person filling in$/, '没有写明和填写人的关系'],
  [/^no phone$/, '没有电话'],
  [/^needs unknown "(.+)"$/, '前置事项“$1”不在这个主题里'],
  [/^a wait without a label$/, '等待环节没有名称'],
  [/^needs itself, a dependency circle$/, '前置关系绕成了圈'],
  [/^no basis$/, '没有法律依据'],
  [/^an empty basis$/, '法律依据没有写全'],
  [/^no condition$/, '没有办理条件'],
  [/^no basis of the fee$/, '没有写收费或者不收费的依据'],
  [/^no promised time$/, '没有承诺时限'],
  [/^promises more time than the law gives$/, '承诺时限比法定时限还长'],
  [/^extendable, but not by working days of a law$/, '可以延期的事项要有以工作日计的法定和承诺时限'],
  [/^extendable, but by no law$/, '可以延期，却没有写依据'],
  [/^no result$/, '没有办理结果'],
  [/^no seed row and no note why$/, '没有清单序号，也没有说明原因'],
  [/^asks nothing, yet is applied for$/, '要申请办理，却没有要填的内容'],
  [/^on site, but no step says so$/, '要到场办理，却没有到场环节'],
  [/^a choice without options$/, '选择题没有选项'],
  [/^options, but not a choice$/, '有选项，但不是选择题'],
  [/^no legal ground$/, '没有收集依据'],
  [/^a number without limits$/, '数字没有写上下限'],
  [/^(?:its )?limits (?:are )?the wrong way round$/, '上下限写反了'],
  [/^an empty hint$/, '提示是空的'],
  [/^a pattern its example breaks$/, '样例不符合格式要求'],
  [/^does not say what must be on it$/, '没有写材料内容要求'],
  [/^no sentence to declare$/, '没有承诺的话'],
  [/^a sentence, but no declaration$/, '有承诺的话，但不是承诺件'],
  [/^a certificate, but no photo it replaces$/, '写了电子证照，但本来就不用拍照'],
  [/^more sides than pages allowed$/, '要拍的面比允许的页数还多'],
  [/^no sample of what to photograph$/, '没有样表'],
  [/^empty$/, '是空的'],
  [/^an open-ended “其他材料”$/, '不能写“其他材料”这样的兜底要求'],
  [/^religion is never asked$/, '不能询问宗教信仰'],
  [/^half-width punctuation$/, '用了半角标点'],
  [/^longer than (\d+) characters$/, '超过 $1 个字'],
  [/^a link$/, '不能有网址'],
  [/^office language$/, '用了公文用语，请写成大白话'],
  [/^more than (\d+) (?:situations|answers) at once$/, '情形太多（超过 $1 种），没法逐一核验'],
  [/^every answer is stopped$/, '所有回答都办不了'],
  [/^only one item$/, '只有一个事项，谈不上多选一'],
  [/^answers (.+) lead to no plan$/, '这样回答没有可办的事项：$1'],
  [/^(\d+) items for (.+)$/, '这样回答会同时有 $1 个事项：$2'],
  [/^item (.+) can never start for (.+)$/, '事项 $1 永远开始不了：$2'],
  [/^nothing depends on it$/, '没有任何内容由它决定'],
  [/^"(.+)" and "(.+)" make no difference$/, '选“$1”和选“$2”结果完全一样'],
  [/^"(.+)" makes no difference$/, '选不选“$1”结果完全一样'],
  [/^unreachable$/, '任何回答都走不到这里'],
  [/^nobody for (.+)$/, '这样回答就没有人是这个角色：$1'],
  [/^undecided for (.+)$/, '答完了还定不下来：$1'],
  [/^item (.+) asks for (.+), which it makes itself$/, '事项 $1 要的 $2 正是它自己的结果'],
  [/^item (.+) uses (.+) but does not wait for (.+)$/, '事项 $1 用到 $2，却没有等 $3 办好'],
  [/^no answer asks (.+)$/, '任何回答都不会问到 $1'],
  [/^needs one source$/, '要有且只有一个来源'],
  [/^"(.+)" is no value of it$/, '“$1”不是它能填的值'],
  [/^"(.+)" is (?:one of a|no) list$/, '“$1”和名单对不上'],
  [/^"(.+)" is of (?:the same role|another kind)$/, '“$1”不能用来预填'],
  [/^unique, but no list$/, '不许重复，但不是名单'],
  [/^matches what is no ID number$/, '要核对的不是身份证号'],
  [/^compares what is no (?:number|date)$/, '比较的两项不是同一类'],
  [/^the age of what is no birth date$/, '不是出生日期，算不出年龄'],
  [/^"(.+)" is no (?:day|date field)$/, '“$1”不是日期'],
  [/^an age without a limit$/, '年龄没有上下限'],
  [/^stages without a least$/, '分段没有写起点'],
  [/^no time$/, '没有写多长时间'],
  [/^for no item$/, '没有写是哪个事项'],
  [/^depends on one row of the list "(.+)"$/, '不能由名单“$1”里的某一行决定'],
  [/^refers to one row of the list "(.+)"$/, '不能引用名单“$1”里的某一行'],
  [/^gives (.+), of a list$/, '结果 $1 属于名单'],
  [/^signs, but has no (.+)$/, '要签字，却没有问 $1'],
  [/^no item belongs to it$/, '没有事项属于它'],
  [/^two halls have the id (.+)$/, '两个大厅用了同一个编号 $1'],
  [/^no item (.+)$/, '没有事项 $1'],
  [/^cannot be proved$/, '核验进行不下去'],
]

/** The sentence in Chinese; parts without one stay as they are. */
export function faultWords(raw: string): string {
  const parts = raw.split(': ')
  const fault = spoken(parts[parts.length - 1] ?? '', FAULTS)
  const places = parts.slice(0, -1).map((part) => spoken(part, PLACES))
  return [...places, fault].join('：')
}

/** Whether nothing of it is left in English. */
export function isSpoken(raw: string): boolean {
  const last = raw.split(': ').pop() ?? ''
  return FAULTS.some(([said]) => said.test(last))
}

function spoken(text: string, sayings: readonly Saying[]): string {
  const found = sayings.find(([said]) => said.test(text))
  return found ? text.replace(...found) : text
}
