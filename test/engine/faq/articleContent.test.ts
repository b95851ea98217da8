import { describe, expect, it } from 'vitest'
import {
  type ArticleContent,
  articleOf,
  newArticleId,
  tidyContent,
  withPhrasing,
} from '../../../engine/faq/articleContent.ts'

const russian = { title: 'Вопрос', phrasings: ['как быть'], body: 'Ответ' }

describe('the words of an article', () => {
  it('are tidied: no blanks around, no empty or repeated phrasings, nothing is null', () => {
    const raw: ArticleContent = {
      kk: { title: ' ', phrasings: ['', '  '], body: '\n' },
      ru: { title: ' Как \n быть? ', phrasings: [' а  б', 'А Б', '', 'в'], body: 'раз\r\nдва  \n' },
    }
    expect(tidyContent(raw)).toEqual({
      kk: null,
      ru: { title: 'Как быть?', phrasings: ['а б', 'в'], body: 'раз\nдва' },
    })
  })

  it('stand in for a language that nobody has written, without its phrasings', () => {
    expect(articleOf('x', { kk: null, ru: russian })).toEqual({
      id: 'x',
      kk: { ...russian, phrasings: [] },
      ru: russian,
      untranslated: 'kk',
    })
    expect(() => articleOf('x', { kk: null, ru: null })).toThrow('the article x has no words')
  })

  it('take a phrasing that nobody asked by yet; into the other language where their own is missing', () => {
    const content: ArticleContent = { kk: null, ru: russian }
    expect(withPhrasing(content, 'ru', 'Как быть?')).toBe(content)
    expect(withPhrasing(content, 'kk', 'не істеймін').ru?.phrasings).toEqual(['как быть', 'не істеймін'])
  })
})

describe('the id of a new article', () => {
  it('is made of the title in latin letters', () => {
    expect(newArticleId('edoc', 'Как отозвать подпись?', new Set())).toBe('edoc.kak-otozvat-podpis')
    expect(newArticleId('edoc', 'Щётка, чаша, шұжық', new Set())).toMatch(/^edoc(\.[a-z0-9]+(-[a-z0-9]+)*)$/)
  })

  it('is never that of another article', () => {
    const taken = new Set(['edoc.vopros', 'edoc.vopros-2'])
    expect(newArticleId('edoc', 'Вопрос', taken)).toBe('edoc.vopros-3')
  })

  it('is short, and there is one for a title without letters', () => {
    expect(newArticleId('edoc', 'слово '.repeat(40), new Set()).length).toBeLessThan(70)
    expect(newArticleId('edoc', '???', new Set())).toBe('edoc.article')
  })
})
