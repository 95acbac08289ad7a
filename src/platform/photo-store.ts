/** Files of sealed bytes that outlive the app; here in the mini-program's own folder. */
import Taro from '@tarojs/taro'

const folder = () => `${Taro.env.USER_DATA_PATH}/sealed-photos`
const files = () => Taro.getFileSystemManager()

interface Done<Value> {
  success: (value: Value) => void
  fail: (error: { errMsg: string }) => void
}

function asked<Value>(run: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    run({ success: resolve, fail: ({ errMsg }) => reject(new Error(errMsg)) })
  })
}

/** The names of all files. */
export async function fileNames(): Promise<string[]> {
  const there = await asked<unknown>((done) => files().access({ path: folder(), ...done }))
    .then(() => true, () => false)
  if (!there) return []
  const found = await asked<{ files: string[] }>(
    (done) => files().readdir({ dirPath: folder(), ...done }))
  return found.files
}

/** Writes a file. @throws when the phone has no room */
export async function writeFile(name: string, bytes: Uint8Array): Promise<void> {
  await asked<unknown>((done) => files().access({ path: folder(), ...done })).catch(() =>
    asked<unknown>((done) => files().mkdir({ dirPath: folder(), recursive: true, ...done })))
  const data = bytes.slice().buffer
  await asked<unknown>(
    (done) => files().writeFile({ filePath: `${folder()}/${name}`, data, ...done }))
}

/** The bytes of a file, or undefined. */
export async function readFile(name: string): Promise<Uint8Array | undefined> {
  if (!(await fileNames()).includes(name)) return undefined
  const { data } = await asked<{ data: string | ArrayBuffer }>(
    (done) => files().readFile({ filePath: `${folder()}/${name}`, ...done }))
  return typeof data === 'string' ? undefined : new Uint8Array(data)
}

/** Removes a file; none is fine. */
export async function removeFile(name: string): Promise<void> {
  if (!(await fileNames()).includes(name)) return
  await asked<unknown>((done) => files().unlink({ filePath: `${folder()}/${name}`, ...done }))
}
