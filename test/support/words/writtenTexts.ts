import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseArticle } from '../../../engine/faq/article.ts'
import type { Language } from '../../../engine/language.ts'
import { toRichText } from '../../../engine/richText.ts'

/** A text of the product that people read, and where it is written. */
export type WrittenText = { readonly language: Language; readonly at: string; readonly text: string }

const root = join(import.meta.dirname, '../../..')
const languages = ['kk', 'ru'] as const
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/**
 * Every Kazakh and Russian text of the repository that people read: words of the screens, desks, titles and answers of
 * articles, holidays, the demo page and what the chat's button says. Not the phrasings of articles and of what is out
 * of scope: they are what people type, written with people's errors on purpose, and nobody is shown them.
 */
export function writtenTexts(): readonly WrittenText[] {
  return [
    ...languages.flatMap(dictionaries),
    ...deskIds().flatMap((desk) => [...yamlTexts(`desks/${desk}/desk.yaml`), ...articles(desk)]),
    ...yamlTexts('desks/kz-calendar.yaml'),
    ...marked('widget/demo.html'),
    ...['widget/demo/main.ts', 'widget/loader.ts'].flatMap(literals),
  ]
}

function dictionaries(language: Language): WrittenText[] {
  return readdirSync(join(root, 'locales', language)).flatMap((file) => {
    const path = `locales/${language}/${file}`
    const words = JSON.parse(read(path)) as Record<string, string>
    return Object.entries(words).map(([key, text]) => ({ language, at: `${path}: ${key}`, text }))
  })
}

function deskIds(): string[] {
  return readdirSync(join(root, 'desks'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

function yamlTexts(path: string): WrittenText[] {
  return textsWithin(parse(read(path)), path)
}

/** Every pair `kk` and `ru` of a document, however deep. */
function textsWithin(node: unknown, at: string): WrittenText[] {
  if (typeof node !== 'object' || node === null) return []
  const entries = Object.entries(node)
  return entries.flatMap(([key, value]) =>
    (key === 'kk' || key === 'ru') && typeof value === 'string'
      ? [{ language: key, at: `${at}.${key}`, text: value }]
      : textsWithin(value, Array.isArray(node) ? `${at}[${key}]` : `${at} ${key}`),
  )
}

function articles(desk: string): WrittenText[] {
  return readdirSync(join(root, 'desks', desk, 'faq')).flatMap((file) => {
    const path = `desks/${desk}/faq/${file}`
    const article = parseArticle(read(path))
    return languages.flatMap((language) => [
      { language, at: `${path}: title`, text: article[language].title },
      { language, at: path, text: shown(article[language].body) },
    ])
  })
}

/** A body as it is read: without its marks and the addresses behind its links. */
function shown(body: string): string {
  const line = (spans: readonly { readonly text: string }[]) => spans.map(({ text }) => text).join('')
  return toRichText(body)
    .map((block) => (block.type === 'paragraph' ? line(block.spans) : block.items.map(line).join('\n')))
    .join('\n')
}

/** The elements of a page that say which language they are in. */
function marked(path: string): WrittenText[] {
  return [...read(path).matchAll(/<(span|a)\b[^>]*\blang="(kk|ru)"[^>]*>(.*?)<\/\1>/gs)].map(
    ([, , language, inside = '']) => ({
      language: language as Language,
      at: path,
      text: inside.replace(/<code>.*?<\/code>/g, '…').replace(/<[^>]+>/g, ''),
    }),
  )
}

/** The few words that code holds itself, in pairs `kk: '…', ru: '…'` or `=== 'ru' ? '…' : '…'`. */
function literals(path: string): WrittenText[] {
  const source = read(path)
  const pairs = [
    ...[...source.matchAll(/kk: '([^']+)', ru: '([^']+)'/g)].map(([, kk, ru]) => ({ kk, ru })),
    ...[...source.matchAll(/=== 'ru' \? '([^']+)' : '([^']+)'/g)].map(([, ru, kk]) => ({ kk, ru })),
  ]
  return pairs.flatMap((pair) =>
    languages.map((language) => ({ language, at: path, text: pair[language] ?? '' })),
  )
}
