import { describe, expect, it } from 'vitest'
import { foldedWords } from '../../../engine/faq/fold.ts'
import { insulting, peel, saysNothing, wishesPerson } from '../../../engine/faq/recognise.ts'
import { articlesOf } from './articles.ts'

const phrasings = ['edoc', 'sts', 'court', 'cryptopro']
  .flatMap(articlesOf)
  .flatMap(({ id, kk, ru }) =>
    [kk, ru].flatMap(({ title, phrasings }) => [title, ...phrasings].map((text) => [id, text] as const)),
  )

describe('the words for what is not a question', () => {
  it('are in no way of asking for an article', () => {
    const mistaken = phrasings.filter(([id, text]) => {
      const { core, smalltalk } = peel(foldedWords(text))
      // Whoever asks for "a specialist of our own" may as well want one now.
      const person = id !== 'edoc.vip-support' && wishesPerson(core)
      return smalltalk || insulting(core) || person || saysNothing(core)
    })
    expect(mistaken).toEqual([])
  })

  it.each(['әлгі', 'ну это самое', 'мен ба', 'а вот', 'сол енді', 'так вот там это'])(
    'are none at all in a message that only begins: %s',
    (text) => {
      expect(saysNothing(foldedWords(text))).toBe(true)
    },
  )
})
