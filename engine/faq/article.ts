import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Language } from '../language.ts'

/** One language of an article. The body is Markdown; the phrasings are ways in which people ask for it. */
export type ArticleText = {
  readonly title: string
  readonly phrasings: readonly string[]
  readonly body: string
}

/** An answer of a desk, in both languages. */
export type Article = {
  readonly id: string
  readonly kk: ArticleText
  readonly ru: ArticleText
  /** The language that nobody has written yet: its text is that of the other one. */
  readonly untranslated?: Language
}

const heading = z.strictObject({
  title: z.string().trim().min(1),
  phrasings: z.array(z.string().trim().min(1)),
})

const frontMatter = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'lower-case words joined by dots and hyphens'),
  kk: heading,
  ru: heading,
})

const fence = /^---[ \t]*$/

/**
 * Reads an article file: YAML front matter between two lines `---` with `id`, `kk` and `ru` (each a title and
 * phrasings), then the bodies under the marks `<!-- kk -->` and `<!-- ru -->`, in any order.
 * Throws an Error that says what is wrong and, where it is known, on which line of the file.
 */
export function parseArticle(source: string): Article {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (!fence.test(lines[0] ?? '')) throw new Error('line 1: the front matter must begin with ---')
  const end = lines.findIndex((line, at) => at > 0 && fence.test(line))
  if (end < 0) throw new Error('the front matter has no closing ---')

  const { id, kk, ru } = readFrontMatter(lines.slice(1, end).join('\n'))
  const bodies = readBodies(lines, end + 1)
  return { id, kk: { ...kk, body: bodies.kk }, ru: { ...ru, body: bodies.ru } }
}

function readFrontMatter(yaml: string) {
  const lineCounter = new LineCounter()
  const document = parseDocument(yaml, { lineCounter, prettyErrors: false })
  const lineAt = (offset: number) => lineCounter.linePos(offset).line + 1
  const [mistake] = document.errors
  if (mistake) throw new Error(`line ${lineAt(mistake.pos[0])}: ${mistake.message}`)

  const read = frontMatter.safeParse(document.toJS())
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step))
  throw new Error(`line ${lineOf(path)}: ${path.join('.') || 'front matter'}: ${issue?.message}`)

  function lineOf(path: readonly (string | number)[]): number {
    const node = document.getIn(path, true)
    const range = (node as { readonly range?: readonly number[] } | undefined)?.range
    if (range?.[0] !== undefined) return lineAt(range[0])
    return path.length > 0 ? lineOf(path.slice(0, -1)) : 2
  }
}

function readBodies(lines: readonly string[], from: number): { readonly kk: string; readonly ru: string } {
  const parts = new Map<string, string[]>()
  let current: string[] | undefined
  for (const [at, line] of lines.entries()) {
    if (at < from) continue
    const mark = /^<!--\s*(kk|ru)\s*-->\s*$/.exec(line)?.[1]
    if (mark) {
      if (parts.has(mark)) throw new Error(`line ${at + 1}: the mark <!-- ${mark} --> stands twice`)
      current = []
      parts.set(mark, current)
    } else if (current) current.push(line)
    else if (line.trim()) throw new Error(`line ${at + 1}: text before <!-- kk --> or <!-- ru -->`)
  }
  return { kk: bodyOf('kk'), ru: bodyOf('ru') }

  function bodyOf(language: string): string {
    const body = parts.get(language)?.join('\n').trim()
    if (body === undefined) throw new Error(`the body has no mark <!-- ${language} -->`)
    if (!body) throw new Error(`the body under <!-- ${language} --> is empty`)
    return body
  }
}
