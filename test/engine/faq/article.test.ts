import { describe, expect, it } from 'vitest'
import { parseArticle } from '../../../engine/faq/article.ts'

const source = `---
id: edoc.tariff
kk:
  title: Порталды пайдалану қанша тұрады?
  phrasings:
    - тариф қандай
ru:
  title: Сколько стоит портал?
  phrasings:
    - какой тариф
    - цена подписки
---
<!-- kk -->
Бағасы сайтта.

<!-- ru -->
Цены **на сайте**.

- раз
`

describe('an article file', () => {
  it('gives the titles, phrasings and bodies of both languages', () => {
    expect(parseArticle(source)).toEqual({
      id: 'edoc.tariff',
      kk: { title: 'Порталды пайдалану қанша тұрады?', phrasings: ['тариф қандай'], body: 'Бағасы сайтта.' },
      ru: {
        title: 'Сколько стоит портал?',
        phrasings: ['какой тариф', 'цена подписки'],
        body: 'Цены **на сайте**.\n\n- раз',
      },
    })
  })

  it('may have Windows line ends and a byte order mark', () => {
    expect(parseArticle(`\uFEFF${source.replaceAll('\n', '\r\n')}`)).toEqual(parseArticle(source))
  })

  it.each([
    ['no front matter', 'Просто текст', /line 1: the front matter must begin with ---/],
    ['front matter that never ends', '---\nid: edoc.tariff\n', /no closing ---/],
    ['broken YAML', source.replace('  title: Сколько', '  title: [Сколько'), /^line \d+: /],
    ['no id', source.replace('id: edoc.tariff\n', ''), /^line 2: id: /],
    ['an id with a space', source.replace('edoc.tariff', 'edoc tariff'), /^line 2: id: lower-case/],
    ['an empty title', source.replace('Сколько стоит портал?', '""'), /^line 8: ru\.title: /],
    ['phrasings that are no list', source.replace('    - тариф қандай\n', ''), /^line 5: kk\.phrasings: /],
    ['a phrasing that is a number', source.replace('цена подписки', '42'), /^line 11: ru\.phrasings\.1: /],
    [
      'a key nobody knows',
      source.replace('  phrasings:\n    - тариф', '  tags: x\n  phrasings:\n    - тариф'),
      /tags/,
    ],
    ['no Russian body', source.replace('<!-- ru -->', ''), /no mark <!-- ru -->/],
    ['an empty Kazakh body', source.replace('Бағасы сайтта.', ''), /<!-- kk --> is empty/],
    [
      'a mark that stands twice',
      source.replace('<!-- ru -->', '<!-- kk -->'),
      /line 16: the mark <!-- kk --> stands twice/,
    ],
    ['text before the marks', source.replace('<!-- kk -->', 'Кіріспе\n<!-- kk -->'), /line 13: text before/],
  ])('is refused with %s', (_, broken, reason) => {
    expect(() => parseArticle(broken)).toThrow(reason)
  })
})
