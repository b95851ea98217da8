import { describe, expect, it } from 'vitest'
import { html } from '../../../engine/html.ts'
import { richHtml } from '../../../engine/richHtml.ts'
import { toRichText } from '../../../engine/richText.ts'
import { darkByPreference } from '../../../server/help/assets.ts'
import { excerpt, shorten } from '../../../server/help/excerpt.ts'
import { relatedArticles } from '../../../server/help/relatedArticles.ts'
import { edoc } from '../../support/edoc.ts'

describe('the beginning of an article', () => {
  it('is the whole of it when it is short, without marking', () => {
    expect(excerpt('**Порталды** ашыңыз.\n\n- бір\n- екі', 160)).toBe('Порталды ашыңыз. • бір • екі')
  })

  it('ends after a whole word, without the sign that stood there', () => {
    expect(shorten('Откройте портал, затем\nвойдите', 19)).toBe('Откройте портал…')
    expect(shorten('Откройте портал', 15)).toBe('Откройте портал')
  })
})

describe('an article’s body', () => {
  const shown = (source: string) => html`${richHtml(toRichText(source))}`.text.replace(/\n/g, '')

  it('keeps paragraphs, lists, emphasis and links', () => {
    expect(shown('Бір **екі** [сайт](https://pki.gov.kz/?a=1&b=2)\n\n1. ашыңыз\n2. басыңыз')).toBe(
      '<p>Бір <strong>екі</strong> <a href="https://pki.gov.kz/?a=1&amp;b=2" rel="noopener">сайт</a></p>' +
        '<ol><li>ашыңыз</li><li>басыңыз</li></ol>',
    )
    expect(shown('- бір\n- екі')).toBe('<ul><li>бір</li><li>екі</li></ul>')
  })

  it.each(['[жми](javascript:alert(1))', '[x](data:text/html,<script>)', '<img src=x onerror=alert(1)>'])(
    'makes nothing that runs of %s',
    (source) => {
      expect(shown(source)).not.toMatch(/<(?!\/?p>)/)
    },
  )
})

describe('the tokens for pages without scripts', () => {
  const tokens = ':root {\n  --ink: #000;\n}\n:root[data-theme="dark"] {\n  --ink: #fff;\n}\n'

  it('turn dark for those who prefer it, on screens only', () => {
    expect(darkByPreference(tokens)).toBe(
      ':root {\n  --ink: #000;\n}\n' +
        '@media screen and (prefers-color-scheme: dark) {\n:root {\n  --ink: #fff;\n}\n}\n',
    )
  })

  it('must have a dark theme', () => {
    expect(() => darkByPreference(':root {}')).toThrow('data-theme')
  })
})

describe('what is like an article', () => {
  const related = (id: string) => {
    const article = edoc.articles.get(id)
    return article ? relatedArticles(edoc, article).map((one) => one.id) : []
  }

  it('is about the same, the likest first, and never itself', () => {
    expect(related('edoc.send-document').slice(0, 2).sort()).toEqual([
      'edoc.document-status',
      'edoc.recall-document',
    ])
    for (const id of edoc.articles.keys()) {
      expect(related(id)).not.toContain(id)
      expect(related(id).length).toBeGreaterThan(0)
      expect(related(id).length).toBeLessThanOrEqual(4)
    }
  })
})
