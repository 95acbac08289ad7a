import { ZipDeflate, Zip, ZipPassThrough } from 'fflate'

export interface ZippedFile {
  name: string
  bytes: Uint8Array
  /** photos are compressed already */
  packed: boolean
}

/** A ZIP as it grows: one file is in memory at a time. Names are UTF-8. */
export async function* zipOf(files: AsyncIterable<ZippedFile>): AsyncGenerator<Buffer> {
  const ready: Buffer[] = []
  const failed: Error[] = []
  const zip = new Zip((error, chunk) => {
    if (error) failed.push(error)
    else ready.push(Buffer.from(chunk))
  })
  for await (const { name, bytes, packed } of files) {
    const file = packed ? new ZipPassThrough(name) : new ZipDeflate(name)
    zip.add(file)
    file.push(bytes, true)
    yield* drain()
  }
  zip.end()
  yield* drain()

  function* drain(): Generator<Buffer> {
    if (failed[0]) throw failed[0]
    yield* ready.splice(0)
  }
}
