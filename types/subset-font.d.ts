declare module 'subset-font' {
  interface Options {
    targetFormat?: 'sfnt' | 'woff' | 'woff2' | 'truetype'
    noLayoutClosure?: boolean
    keepFeatures?: readonly string[]
  }
  /** The font with the letters of the text alone. */
  export default function subsetFont(
    font: Buffer, text: string, options?: Options,
  ): Promise<Buffer>
}
