import { describe, expect, it } from 'vitest'
import { aigerim, someone, type Talk, timur } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import { live } from '../../support/talks.ts'

const [article = ''] = [...edoc.articles.keys()]

const share = (talk: Talk, more: { question?: string; operator?: typeof aigerim } = {}) =>
  talk.happen({ type: 'operator.sharedArticle', operator: aigerim, article, ...more })

describe('an operator answers with an article', () => {
  it('the visitor gets it as a card, in their language, from the operator', () => {
    const talk = live()
    share(talk)
    const said = talk.messages.findLast(({ content }) => content.kind === 'said')
    expect([said?.author, said?.audience]).toEqual([{ kind: 'operator', ...aigerim }, 'everyone'])
    expect(talk.lastSaid.article?.title).toBe(edoc.articles.get(article)?.ru.title)
    expect(talk.state.articlesSeen).toEqual([article])
  })

  it('it is the first response: a person has answered', () => {
    const talk = live()
    expect(share(talk)).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'saveTicket' })]))
    expect(
      talk.messages.some(
        ({ content }) => content.kind === 'activity' && content.activity.type === 'firstResponseMet',
      ),
    ).toBe(true)
  })

  it('what was asked becomes a lesson, without personal numbers', () => {
    const talk = live()
    const effects = share(talk, { question: `не пускает меня ${someone.iin} в кабинет` })
    const noted = effects.find((effect) => effect.type === 'noteQuestion')
    expect(noted?.question).toMatchObject({
      text: 'не пускает меня ••••••••0125 в кабинет',
      language: 'ru',
      taught: { article, operator: aigerim.name },
    })
    expect(share(talk).some(({ type }) => type === 'noteQuestion')).toBe(false)
  })

  it('only the one who took it shares, and only what is in force', () => {
    const talk = live()
    expect(talk.refusalOf(share(talk, { operator: timur }))?.key).toBe('refusal.notYours')
    const gone = talk.happen({ type: 'operator.sharedArticle', operator: aigerim, article: 'edoc.gone' })
    expect(talk.refusalOf(gone)?.key).toBe('refusal.article.gone')
  })
})
