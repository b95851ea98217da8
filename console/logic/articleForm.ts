import type { ArticleContent } from '../../engine/faq/articleContent.ts'
import { readsTheSame, tidyContent } from '../../engine/faq/articleContent.ts'
import { type Language, languages } from '../../engine/language.ts'

/** One language of an article as it is typed; a phrasing a line. */
export type TextForm = { readonly title: string; readonly body: string; readonly phrasings: string }
export type ArticleForm = Readonly<Record<Language, TextForm>>

const blank: TextForm = { title: '', body: '', phrasings: '' }

export const emptyForm: ArticleForm = { kk: blank, ru: blank }

export function formOf({ kk, ru }: ArticleContent): ArticleForm {
  const text = (of: ArticleContent[Language]) =>
    of ? { title: of.title, body: of.body, phrasings: of.phrasings.join('\n') } : blank
  return { kk: text(kk), ru: text(ru) }
}

export function contentOf(form: ArticleForm): ArticleContent {
  const text = ({ title, body, phrasings }: TextForm) => ({ title, body, phrasings: phrasings.split('\n') })
  return tidyContent({ kk: text(form.kk), ru: text(form.ru) })
}

/** The only language whose title or body differs from before, when the other one is written and stays as it was. */
export function onlyChanged(before: ArticleContent, after: ArticleContent): Language | undefined {
  const changed = languages.filter((language) => !readsTheSame(before, after, language))
  const [language] = changed
  return changed.length === 1 && before.kk && before.ru && after.kk && after.ru ? language : undefined
}

export const isForm = (value: unknown): value is { readonly version: number; readonly form: ArticleForm } => {
  const isText = (text: unknown) =>
    typeof text === 'object' &&
    text !== null &&
    (['title', 'body', 'phrasings'] as const).every((part) => typeof (text as TextForm)[part] === 'string')
  if (typeof value !== 'object' || value === null || !('version' in value) || !('form' in value)) return false
  const form = value.form as Partial<ArticleForm> | null
  return typeof value.version === 'number' && form !== null && isText(form?.kk) && isText(form?.ru)
}

/** What the toolbar does to the marked part of a body: the new body, and what is marked then. */
export function marked(
  body: string,
  from: number,
  to: number,
  mark: 'strong' | 'list' | 'steps' | 'link',
): { readonly body: string; readonly from: number; readonly to: number } {
  const around = (before: string, after: string) => ({
    body: body.slice(0, from) + before + body.slice(from, to) + after + body.slice(to),
    from: from + before.length,
    to: to + before.length,
  })
  if (mark === 'strong') return around('**', '**')
  if (mark === 'link') return around('[', '](https://)')
  const start = body.lastIndexOf('\n', from - 1) + 1
  const lines = body.slice(start, to).split('\n')
  const listed = lines.map((line, at) => `${mark === 'list' ? '-' : `${at + 1}.`} ${line}`).join('\n')
  const gap = start > 0 && !body.slice(0, start).endsWith('\n\n') ? '\n' : ''
  return {
    body: body.slice(0, start) + gap + listed + body.slice(to),
    from: start + gap.length,
    to: start + gap.length + listed.length,
  }
}
