import { describe, expect, it } from 'vitest'
import { plainText, toRichText } from '../../engine/richText.ts'
import { edoc } from '../support/edoc.ts'

const paragraph = (...spans: readonly object[]) => ({ type: 'paragraph', spans })
const spansIn = (source: string) =>
  toRichText(source).flatMap((block) => (block.type === 'paragraph' ? block.spans : block.items.flat()))

describe('the part of Markdown that articles use', () => {
  it('paragraphs, strong words and links', () => {
    expect(toRichText('Откройте **Настройки**.\n\nСм. [портал](https://edoc.kz/help).')).toEqual([
      paragraph({ text: 'Откройте ' }, { text: 'Настройки', strong: true }, { text: '.' }),
      paragraph({ text: 'См. ' }, { text: 'портал', href: 'https://edoc.kz/help' }, { text: '.' }),
    ])
  })

  it('ordered and bulleted lists, each apart', () => {
    expect(toRichText('1. раз\n2. два\n\n- три\n- **четыре**')).toEqual([
      { type: 'list', ordered: true, items: [[{ text: 'раз' }], [{ text: 'два' }]] },
      { type: 'list', ordered: false, items: [[{ text: 'три' }], [{ text: 'четыре', strong: true }]] },
    ])
  })

  it('a line broken in the source is a space, a hard break stays one', () => {
    expect(toRichText('бір\nекі')).toEqual([paragraph({ text: 'бір' }, { text: ' ' }, { text: 'екі' })])
    expect(spansIn('бір  \nекі').map(({ text }) => text)).toEqual(['бір', '\n', 'екі'])
  })

  it('nothing gives nothing', () => {
    expect(toRichText('  \n ')).toEqual([])
  })
})

describe('links lead to http, https and mailto only', () => {
  it.each(['http://edoc.kz', 'https://edoc.kz/a?b=c', 'mailto:support@mitwork.kz'])(
    '%s is a link',
    (href) => {
      expect(spansIn(`[сюда](${href})`)).toEqual([{ text: 'сюда', href }])
    },
  )

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/console',
    'ftp://edoc.kz',
  ])('%s is not', (href) => {
    for (const span of [...spansIn(`[сюда](${href})`), ...spansIn(`<${href}>`)])
      expect(span).not.toHaveProperty('href')
  })
})

describe('markup of any other kind stays the text that was typed', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<b>жирно</b>',
    '# не заголовок',
    '`код`',
    '![картинка](https://x.kz/a.png)',
  ])('%s', (source) => {
    const text = plainText(toRichText(source))
    expect(source.startsWith('!') ? `!${'картинка'}` : source).toBe(text)
  })

  it('what looks like a tag is inside a text, never a block of its own', () => {
    expect(toRichText('<script>alert(1)</script>')).toEqual([
      paragraph({ text: '<script>alert(1)</script>' }),
    ])
  })
})

describe('without marking', () => {
  it('paragraphs stand apart, items are numbered or dotted', () => {
    expect(plainText(toRichText('**Бір**\n\n1. екі\n2. үш\n\n- төрт'))).toBe('Бір\n\n1. екі\n2. үш\n\n• төрт')
  })

  it('every article of the desk keeps its words, and no mark is left over', () => {
    for (const article of edoc.articles.values())
      for (const language of ['kk', 'ru'] as const) {
        const text = plainText(toRichText(article[language].body))
        expect(text.length, article.id).toBeGreaterThan(20)
        expect(text, article.id).not.toMatch(/\*\*|\]\(|<\w/)
      }
  })
})
