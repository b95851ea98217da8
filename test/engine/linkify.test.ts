import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { linkify } from '../../engine/linkify.ts'

const links = (text: string) => linkify(text).flatMap(({ text, href }) => (href ? [{ text, href }] : []))

describe('web addresses in a text', () => {
  it('become links, and the words around them stay', () => {
    expect(linkify('Откройте https://edoc.kz/help?id=7 и войдите')).toEqual([
      { text: 'Откройте ' },
      { text: 'https://edoc.kz/help?id=7', href: 'https://edoc.kz/help?id=7' },
      { text: ' и войдите' },
    ])
  })

  it.each([
    ['Смотрите https://edoc.kz/a.', 'https://edoc.kz/a'],
    ['Сайт: https://edoc.kz/a, затем войдите', 'https://edoc.kz/a'],
    ['«https://edoc.kz/a»', 'https://edoc.kz/a'],
    ['(нұсқаулық https://edoc.kz/a).', 'https://edoc.kz/a'],
    ['https://edoc.kz/a_(b)', 'https://edoc.kz/a_(b)'],
    ['Бұл https://edoc.kz/a ма?', 'https://edoc.kz/a'],
  ])('end where the sentence around them goes on: %s', (text, address) => {
    expect(links(text).map(({ text }) => text)).toEqual([address])
  })

  it('may begin with www, and then lead over https', () => {
    expect(links('www.pki.gov.kz')).toEqual([{ text: 'www.pki.gov.kz', href: 'https://www.pki.gov.kz/' }])
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://edoc.kz',
    'https://',
    'http://x',
  ])('are never made of %s', (text) => {
    expect(links(text)).toEqual([])
  })

  test.prop([
    fc.array(fc.constantFrom('https://', 'www.', 'edoc.kz', '/a', ')', '(', '.', ' ', '\n', 'ә', '«', '»')),
  ])('lose no character of the text, and lead nowhere but to the web', (parts) => {
    const pieces = linkify(parts.join(''))
    expect(pieces.map(({ text }) => text).join('')).toBe(parts.join(''))
    for (const { href } of pieces) if (href) expect(href).toMatch(/^https?:\/\//)
  })
})
