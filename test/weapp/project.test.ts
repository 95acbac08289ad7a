/** What WeChat's own tools look at before anything runs. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DIST } from './phones'
import { compileViews } from './view'

const json = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> // looked at below

/** Of the developer tool's own list; it warns of any other. */
const FIELDS = [
  'miniprogramRoot', 'projectname', 'description', 'appid', 'setting', 'compileType', 'libVersion',
]
const SETTINGS = ['urlCheck', 'es6', 'enhance', 'compileHotReLoad', 'postcss', 'minified']
/** the first with a privacy contract; the tool runs it, so that nothing newer slips in */
const OLDEST_BASE_LIBRARY = '2.32.3'

describe('the project as WeChat’s tools open it', () => {
  const project = json(path.resolve(DIST, '../../project.config.json'))

  it('has a project file without unknown fields, over the built app', () => {
    expect(Object.keys(project).filter((name) => !FIELDS.includes(name))).toEqual([])
    expect(Object.keys(project.setting as object).filter((name) => !SETTINGS.includes(name)))
      .toEqual([])
    expect(project).toMatchObject({
      miniprogramRoot: 'dist/weapp/', appid: 'touristappid', compileType: 'miniprogram',
      libVersion: OLDEST_BASE_LIBRARY,
    })
  })

  it('asks WeChat to check the privacy contract, and downloads most pages later', () => {
    const app = json(path.join(DIST, 'app.json'))
    expect(app).toMatchObject({
      __usePrivacyCheck__: true, lazyCodeLoading: 'requiredComponents',
    })
    expect((app.pages as string[])[0]).toBe('pages/home/index')
    expect((app.subPackages as unknown[]).length).toBeGreaterThan(20)
  })

  it('compiles by WeChat’s compilers of templates and styles', () => {
    expect(compileViews(DIST)('pages/home/index.wxml')).toBeTypeOf('function')
    const compiler = createRequire(import.meta.url)('miniprogram-compiler') as {
      wxssToJs(root: string, options: { maxBuffer: number }): string
    } // it has no types
    expect(compiler.wxssToJs(DIST, { maxBuffer: 64 * 1024 * 1024 }).length).toBeGreaterThan(10_000)
  })

  it('keeps roles and labels of every kind of control in its templates', () => {
    const templates = readFileSync(path.join(DIST, 'base.wxml'), 'utf8')
    for (const tag of ['view', 'button', 'input', 'textarea', 'picker', 'image', 'canvas']) {
      const written = [...templates.matchAll(new RegExp(`<${tag} [^>]*bindtap[^>]*>`, 'g'))]
        .map(([text]) => text)
        // Taro's click-view stands for views without any attribute
        .filter((text) => tag !== 'view' || text.includes('hover-class'))
      expect(written.length, tag).toBeGreaterThan(0)
      for (const text of written) {
        expect(text, tag).toContain('aria-role=')
        expect(text, tag).toContain('aria-label=')
      }
    }
    expect(templates).toMatch(/<button [^>]*aria-label/)
  })
})
