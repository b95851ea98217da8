import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { htmlOf, plainOf, type Run, splitRuns } from '../../bot/runs.ts'
import { parseHtml } from '../support/fakeBotApi.html.ts'

const run = fc.record(
  {
    text: fc.string({
      unit: fc.constantFrom('а', 'қ', ' ', '\n', '<', '>', '&', '"', '😀', 'слово '),
      maxLength: 60,
    }),
    style: fc.constantFrom('bold', 'italic', 'code'),
    href: fc.constantFrom('https://a.kz/?x="1"&y=<2>', 'mailto:a@b.kz'),
  },
  { requiredKeys: ['text'] },
)
const squeezed = (text: string) => text.replace(/\s+/g, '')

describe('any text', () => {
  test.prop([fc.array(run)])('in Telegram’s HTML reads as it was written', (runs) => {
    expect(parseHtml(htmlOf(runs as Run[])).text).toBe(runs.map(({ text }) => text).join(''))
  })

  test.prop([fc.array(run), fc.integer({ min: 5, max: 80 })])(
    'is cut into parts that fit, lose nothing but white space and break no tag and no character',
    (runs, limit) => {
      const parts = splitRuns(runs as Run[], limit).map((part) => parseHtml(htmlOf(part)).text)
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0)
        expect(part.length).toBeLessThanOrEqual(limit)
        expect(part).toBe(part.trim())
        expect(part).not.toMatch(/[\ud800-\udbff]$|^[\udc00-\udfff]/)
      }
      expect(squeezed(parts.join(''))).toBe(squeezed(runs.map(({ text }) => text).join('')))
    },
  )
})

describe('a long text is cut', () => {
  const cut = (text: string, limit: number) => splitRuns([{ text }], limit).map(plainOf)

  it('after a line, rather than after a word', () => {
    expect(cut('бір екі\nүш төрт', 12)).toEqual(['бір екі', 'үш төрт'])
  })

  it('after a word, rather than within it', () => {
    expect(cut('біріншісі екіншісі', 12)).toEqual(['біріншісі', 'екіншісі'])
  })

  it('within a word when nothing else is left', () => {
    expect(cut('ұзынсөз', 4)).toEqual(['ұзын', 'сөз'])
  })

  it('and each part keeps its style and link', () => {
    const parts = splitRuns([{ text: 'қалың мәтін', style: 'bold', href: 'https://a.kz' }], 6)
    expect(parts.map(htmlOf)).toEqual([
      '<b><a href="https://a.kz">қалың</a></b>',
      '<b><a href="https://a.kz">мәтін</a></b>',
    ])
  })
})

it('without styles a link’s address stands after its words', () => {
  expect(plainOf([{ text: 'портал', href: 'https://edoc.kz' }])).toBe('портал (https://edoc.kz)')
})
