/** The phone's file system as a mini-program sees it. Temporary files end with the app. */
import { asynchronous, Failed, type Options, type World } from './wx'

/** By path. A folder has an entry of its own, with nothing in it. */
export type Files = Map<string, Buffer | 'folder'>

export const OWN_FOLDER = 'wxfile://usr'
const OWN_LIMIT_BYTES = 200 * 1024 * 1024

/** What is still there after the app was killed. */
export const lasting = (files: Files): Files =>
  new Map([...files].filter(([path]) => path.startsWith(`${OWN_FOLDER}/`)))

export function fileAt({ files }: World, path: unknown): Buffer {
  const bytes = files.get(String(path))
  if (!bytes || bytes === 'folder') {
    throw new Failed(`no such file or directory, open '${String(path)}'`)
  }
  return bytes
}

let made = 0

/** A new temporary file. */
export function keepTemporary({ files }: World, bytes: Buffer, ending: string): string {
  made += 1
  const path = `wxfile://tmp_${made}.${ending}`
  files.set(path, bytes)
  return path
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

type Act = (options: Options) => unknown

function acts(world: World): Record<string, Act> {
  const { files } = world
  const isFolder = (path: string) => path === OWN_FOLDER || files.get(path) === 'folder'
  const own = (path: unknown): string => {
    const text = String(path).replace(/\/$/, '')
    if (!text.startsWith(OWN_FOLDER)) throw new Failed(`permission denied, open ${text}`)
    return text
  }
  return {
    readFile: ({ filePath, encoding }) => {
      const bytes = fileAt(world, filePath)
      return { data: encoding ? bytes.toString('utf8') : bytes }
    },
    writeFile: ({ filePath, data }) => {
      const path = own(filePath)
      if (!isFolder(parentOf(path))) throw new Failed(`no such file or directory, open ${path}`)
      const bytes = typeof data === 'string'
        ? Buffer.from(data)
        : Buffer.from(new Uint8Array(data as ArrayBuffer)) // of the app's realm
      const used = [...lasting(files).values()]
        .reduce((sum, one) => sum + (one === 'folder' ? 0 : one.length), bytes.length)
      if (used > OWN_LIMIT_BYTES) throw new Failed('the maximum size of the file storage limit')
      files.set(path, bytes)
    },
    access: ({ path }) => {
      const text = String(path).replace(/\/$/, '')
      if (!isFolder(text) && !files.has(text)) {
        throw new Failed(`no such file or directory ${text}`)
      }
    },
    mkdir: ({ dirPath, recursive }) => {
      const path = own(dirPath)
      if (files.has(path) && !recursive) throw new Failed(`file already exists ${path}`)
      for (let at = path; at !== OWN_FOLDER; at = parentOf(at)) {
        if (at !== path && !recursive && !isFolder(at)) throw new Failed('no such directory')
        files.set(at, 'folder')
      }
    },
    readdir: ({ dirPath }) => {
      const path = own(dirPath)
      if (!isFolder(path)) throw new Failed(`no such file or directory ${path}`)
      return {
        files: [...files.keys()].filter((one) => parentOf(one) === path)
          .map((one) => one.slice(path.length + 1)),
      }
    },
    unlink: ({ filePath }) => {
      fileAt(world, filePath)
      files.delete(own(filePath))
    },
  }
}

/** wx.getFileSystemManager(). */
export function fileSystem(world: World): object {
  const all = acts(world)
  return {
    ...Object.fromEntries(
      Object.entries(all).map(([name, act]) => [name, asynchronous(world, name, act)])),
    writeFileSync: (filePath: string, data: unknown, encoding?: string) =>
      void all.writeFile?.({ filePath, data, encoding }),
  }
}
