import sharp from 'sharp'

/**
 * A JPEG of about 3 MB as a phone would take it: printed lines on paper with sensor noise, sharp
 * enough for the blur check, with EXIF. No two are alike.
 * @param quality  of the JPEG; from 98 it weighs over 4 MB
 */
export async function photo(title: string, seed: number, quality = 96): Promise<Buffer> {
  const [width, height] = [3000, 2250]
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#c9c4b8',
      noise: { type: 'gaussian', mean: 128, sigma: 22 + (seed % 5) },
    },
  }).png().toBuffer()
  const lines = Array.from({ length: 22 }, (_, n) =>
    `<text x="220" y="${380 + n * 78}" font-size="56">${title} 第 ${n + 1} 行 编号 ${seed}-${n * 37}</text>`)
  const page = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect x="120" y="120" width="2760" height="2010" fill="#fdfcf7" fill-opacity="0.82"/>
    <g font-family="Noto Sans CJK SC, sans-serif" fill="#161616">
      <text x="220" y="270" font-size="96" font-weight="bold">${title}（样本）</text>${lines.join('')}
    </g></svg>`)
  return sharp(noise)
    .composite([{ input: page }])
    .jpeg({ quality })
    .withExif({ IFD0: { Make: 'Invented', Model: 'Phone' } })
    .toBuffer()
}
