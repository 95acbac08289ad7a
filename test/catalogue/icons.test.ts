import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { TOPIC_ICONS } from '../../core/contract/home'
import { loadCatalogue, readCatalogue } from '../../server/catalogue/load'
import { listTopics } from '../../server/topics/service'

const CATALOGUE = path.resolve('catalogue')

describe('主题的图标', () => {
  it('每个图标都画了，首页上的主题不再都是一张纸', () => {
    const drawn = readFileSync('src/ui/styles/icons.scss', 'utf8')
    for (const icon of TOPIC_ICONS) expect(drawn, icon).toContain(`'${icon}': "`)
    const shown = listTopics(loadCatalogue(CATALOGUE)).map(({ icon }) => icon)
    expect(new Set(shown).size).toBeGreaterThan(shown.length / 2)
  })

  it('写错主题或者图标，目录不能加载', () => {
    const copy = mkdtempSync(path.join(tmpdir(), 'one-thing-icons-'))
    try {
      cpSync(CATALOGUE, copy, { recursive: true })
      const write = (text: string) => writeFileSync(path.join(copy, 'icons.yaml'), text)
      write('newborn: baby\n')
      expect(readCatalogue(copy).icons).toEqual({ newborn: 'baby' })
      write('newborns: baby\n')
      expect(() => readCatalogue(copy)).toThrow(/no topic "newborns"/)
      write('newborn: pram\n')
      expect(() => readCatalogue(copy)).toThrow(/icons\.yaml/)
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})
