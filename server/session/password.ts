/**
 * What the password of a clerk may be (S5; ASVS 6.2.1, 6.2.4, 6.2.11): long enough, and nothing
 * that is tried first. No rules about kinds of characters: they make passwords worse.
 */
const LEAST_LENGTH = 8
const MOST_LENGTH = 128

/** Of the most used ones in China, those of eight and more characters. */
const COMMON: ReadonlySet<string> = new Set([
  '123456789', '12345678', '1234567890', '0123456789', '987654321', '9876543210', '123123123',
  '147258369', '789456123', '1qaz2wsx', 'qwertyui', 'qwertyuiop', 'qwerty123', 'asdfghjkl',
  'qazwsxedc', 'password', 'password1', 'passw0rd', 'p@ssw0rd', 'abc12345', 'abcd1234',
  'a1234567', 'a12345678', 'a123456789', 'aa123456', 'iloveyou', 'woaini1314', 'woaini520',
  '5201314520', '31415926', 'admin123', 'admin888', 'admin123456', 'administrator', 'root1234',
  'test1234', 'changeme', 'letmein123',
])
/** What everybody who knows the office would try, in any spelling of upper and lower case. */
const AGENCY_WORDS = ['kashgar', 'kashi', 'zhengwu', 'yijianshi', 'onething', 'xinjiang']

/** Why a password may not be used; undefined if it may. Never quotes it. */
export function weakness(password: string, login: string): string | undefined {
  const plain = password.toLowerCase()
  const { length } = [...password]
  if (length < LEAST_LENGTH) return `shorter than ${LEAST_LENGTH} characters`
  if (length > MOST_LENGTH) return `longer than ${MOST_LENGTH} characters`
  if (new Set(plain).size < 4) return 'hardly any different characters'
  if (COMMON.has(plain)) return 'one of the most used passwords'
  if (plain.includes(login.toLowerCase())) return 'holds the login'
  if (AGENCY_WORDS.some((word) => plain.includes(word))) return 'holds the name of the agency'
  return undefined
}
