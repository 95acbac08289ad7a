import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { acceptMaterial, MaterialRefused, MOST_BYTES } from '../../../server/images'

const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } })

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    const { type } = await acceptMaterial(bytes)
    return `accepted as ${type}`
  } catch (error) {
    if (error instanceof MaterialRefused) return error.code
    throw error
  }
}

/** A PDF of the given objects, well formed enough for a reader that rebuilds its table. */
function pdf(...objects: (string | Buffer)[]): Buffer {
  const bodies = objects.flatMap((body, n) => [`${n + 1} 0 obj\n`, body, '\nendobj\n'])
  const all = ['%PDF-1.7\n', ...bodies, 'trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n']
  return Buffer.concat(all.map((part) => Buffer.from(part)))
}

function objectStream(content: string, dictionary = '/Filter/FlateDecode'): Buffer {
  const data = deflateSync(content)
  const head = `<</Type/ObjStm/N 1/First 4${dictionary}/Length ${data.length}>>\nstream\n`
  return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream')])
}

describe('pictures', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('a %s is taken, with its size', async (format) => {
    const given = await picture().toFormat(format).toBuffer()
    expect(await acceptMaterial(given)).toMatchObject({
      type: `image/${format}`,
      width: 60,
      height: 40,
    })
  })

  it('loses GPS, owner and thumbnail, and is turned upright (S41)', async () => {
    const given = await picture()
      .jpeg()
      .withExif({
        IFD0: { Artist: 'canary-owner' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 28/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect(given.includes('canary-owner')).toBe(true)
    const taken = await acceptMaterial(given)
    const { exif, xmp, iptc, orientation } = await sharp(taken.bytes).metadata()
    expect({ exif, xmp, iptc, orientation }).toEqual({})
    expect(taken.bytes.includes('canary-owner')).toBe(false)
    expect([taken.width, taken.height]).toEqual([40, 60])
  })

  it('loses a web page hidden behind or inside it (S37)', async () => {
    const page = '<script>alert("canary")</script>'
    const jpeg = await picture().jpeg().toBuffer()
    const head = Buffer.from([0xff, 0xfe, 0, page.length + 2])
    const comment = Buffer.concat([head, Buffer.from(page)])
    const inside = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
    for (const polyglot of [Buffer.concat([jpeg, Buffer.from(page)]), inside]) {
      const { bytes } = await acceptMaterial(polyglot)
      expect(bytes.includes('script')).toBe(false)
    }
  })

  it('loses an archive behind it (S40)', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    const archive = Buffer.from('PK\x03\x04canary.zip')
    const { bytes } = await acceptMaterial(Buffer.concat([jpeg, archive]))
    expect(bytes.includes('canary.zip')).toBe(false)
  })

  it('a bomb of 14000² pixels is refused before it is decoded (S39)', async () => {
    const bomb = await picture(14_000, 14_000).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(MOST_BYTES)
    const before = process.memoryUsage().rss
    expect(await refusal(bomb)).toBe('TOO_MANY_PIXELS')
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })

  it('a broken one is refused', async () => {
    const jpeg = await picture(400, 400).jpeg().toBuffer()
    expect(await refusal(jpeg.subarray(0, 600))).toBe('BROKEN')
    const png = await picture().png().toBuffer()
    expect(await refusal(png.subarray(0, png.length / 2))).toBe('BROKEN')
  })

  it('many at once are all taken, a few at a time', async () => {
    const jpeg = await picture(500, 500).jpeg().toBuffer()
    const taken = await Promise.all(Array.from({ length: 12 }, () => acceptMaterial(jpeg)))
    expect(taken.every(({ width }) => width === 500)).toBe(true)
  })
})

describe('files that are no picture', () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
  it.each<[string, Uint8Array, string]>([
    ['HEIC', heic, 'HEIC_UNSUPPORTED'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'TYPE_NOT_ALLOWED'],
    ['XML + SVG', Buffer.from('<?xml version="1.0"?><svg/>'), 'TYPE_NOT_ALLOWED'],
    ['HTML', Buffer.from('<!doctype html><script>1</script>'), 'TYPE_NOT_ALLOWED'],
    ['ZIP', Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(60, '\0'), 'latin1'), 'TYPE_NOT_ALLOWED'],
    ['GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'TYPE_NOT_ALLOWED'],
    ['text', Buffer.from('你好'), 'TYPE_NOT_ALLOWED'],
    ['nothing', Buffer.alloc(0), 'EMPTY'],
    ['too much', Buffer.alloc(MOST_BYTES + 1), 'TOO_LARGE'],
    ['a header alone', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'BROKEN'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code)
  })
})

describe('PDF (S40)', () => {
  const catalog = '<</Type/Catalog/Pages 2 0 R>>'
  const pages = '<</Type/Pages/Kids[]/Count 0>>'

  it('a plain one is taken as it is', async () => {
    const plain = pdf(catalog, pages, objectStream('5 0 <</Type/Font>>'))
    expect((await acceptMaterial(plain)).bytes.equals(plain)).toBe(true)
  })

  it.each([
    ['a script', pdf('<</S/JavaScript/JS(app.alert(1))>>')],
    ['an escaped script', pdf('<</S/J#61vaScript/#4aS(app.alert(1))>>')],
    ['a program start', pdf('<</S/Launch/F(cmd.exe)>>')],
    ['an embedded file', pdf('<</Names<</EmbeddedFiles 3 0 R>>>>')],
    ['an action on opening', pdf('<</Type/Catalog/OpenAction 3 0 R>>')],
    ['an additional action', pdf('<</Type/Page/AA<</O 3 0 R>>>>')],
    ['a script in an object stream', pdf(catalog, pages, objectStream('3 0 <</S/JavaScript>>'))],
  ])('%s is refused', async (_, bytes) => {
    expect(await refusal(bytes)).toBe('PDF_ACTIVE_CONTENT')
  })

  it.each([
    ['a locked one', pdf('<</Encrypt 4 0 R>>'), 'PDF_LOCKED'],
    ['bytes after its end', Buffer.concat([pdf(catalog), Buffer.from('PK\x03\x04')]), 'BROKEN'],
    ['no end', Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj'), 'BROKEN'],
    ['an unread filter', pdf(objectStream('x', '/Filter/LZWDecode')), 'BROKEN'],
    ['a stream bomb', pdf(objectStream(' '.repeat(40e6))), 'BROKEN'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code)
  })

  it('a page before it is refused', async () => {
    const bytes = Buffer.concat([Buffer.from('<html><script>1</script>'), pdf(catalog)])
    expect(['TYPE_NOT_ALLOWED', 'BROKEN']).toContain(await refusal(bytes))
  })
})
