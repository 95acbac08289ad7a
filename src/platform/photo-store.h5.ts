const DATABASE = 'sealed-photos'
const STORE = 'files'

let opening: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open(DATABASE, 1)
    asking.onupgradeneeded = () => asking.result.createObjectStore(STORE)
    asking.onsuccess = () => resolve(asking.result)
    asking.onerror = () => reject(asking.error)
  })
  return opening
}

async function run<Value>(
  mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const work = (await database()).transaction(STORE, mode)
  const asking = ask(work.objectStore(STORE))
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve(asking.result)
    work.onerror = () => reject(work.error)
    work.onabort = () => reject(work.error)
  })
}

/** The names of all files. */
export async function fileNames(): Promise<string[]> {
  return (await run('readonly', (store) => store.getAllKeys())).map(String)
}

/** Writes a file. @throws when the browser has no room, or keeps nothing at all */
export async function writeFile(name: string, bytes: Uint8Array): Promise<void> {
  await run('readwrite', (store) => store.put(bytes, name))
}

/** The bytes of a file, or undefined. */
export async function readFile(name: string): Promise<Uint8Array | undefined> {
  const found: unknown = await run('readonly', (store) => store.get(name))
  return found instanceof Uint8Array ? found : undefined
}

/** Removes a file; none is fine. */
export async function removeFile(name: string): Promise<void> {
  await run('readwrite', (store) => store.delete(name))
}
