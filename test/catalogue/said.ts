/** Every Chinese sentence the app's code says, read from its source: strings, JSX text, templates. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const ROOT = path.resolve(import.meta.dirname, '../..')
const HAN = /\p{Script=Han}/u

/** A sentence of the code; what a template puts in is `null`. */
export type Said = readonly (string | null)[]

export function saidIn(text: string, file: string): Said[] {
  const found: Said[] = []
  const look = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) found.push([node.text])
    else if (ts.isJsxText(node)) found.push([node.text.replace(/\s*\n\s*/g, '').trim()])
    else if (ts.isTemplateExpression(node)) {
      found.push([node.head.text, ...node.templateSpans.flatMap(({ literal }) => [null, literal.text])])
    }
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX))
  return found.filter((said) => said.some((part) => part !== null && HAN.test(part)))
}

/** Of the app itself and of the core's words it shows. */
export function saidByApp(): Said[] {
  return ['src', 'core'].flatMap((dir) =>
    readdirSync(path.join(ROOT, dir), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => saidIn(readFileSync(path.join(ROOT, dir, file), 'utf8'), file)))
}
