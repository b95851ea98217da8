import { describe, expect, it } from 'vitest'
import { contentOf, formOf, marked, onlyChanged } from '../../console/logic/articleForm.ts'
import { articlesShown, fits, titleOf } from '../../console/logic/articleList.ts'
import { lastQuestion } from '../../console/logic/lastQuestion.ts'
import { listDifferences, textDifferences } from '../../console/logic/textDifferences.ts'
import { hashOf, routeOf } from '../../console/state/router.ts'
import type { WireMessage } from '../../engine/wire.ts'
import type { WireArticleRow } from '../../engine/wireArticles.ts'

const row: WireArticleRow = {
  desk: 'edoc',
  id: 'edoc.login',
  version: 1,
  stage: 'published',
  titles: { kk: 'Порталға қалай кіремін?', ru: 'Как войти?' },
  drafted: false,
  missing: null,
  older: null,
  shippedNewer: false,
  phrasings: 3,
  updatedAt: '2026-11-23T05:00:00.000Z',
  updatedBy: null,
}

describe('differences of two texts', () => {
  it('are told word by word, and put together give both texts', () => {
    const before = 'Кнопка не нажимается.\n\nОбновите страницу и войдите снова.'
    const after = 'Кнопка «Подписать» не нажимается.\n\nОбновите страницу.'
    const pieces = textDifferences(before, after)
    const without = (kind: string) =>
      pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join('')
    expect([without('added'), without('removed')]).toEqual([before, after])
    expect(pieces.find(({ kind }) => kind === 'added')?.text.trim()).toBe('«Подписать»')
  })

  it('are none between equal texts, and all of a new one', () => {
    expect(textDifferences('как есть', 'как есть')).toEqual([{ kind: 'same', text: 'как есть' }])
    expect(textDifferences('', 'новое')).toEqual([{ kind: 'added', text: 'новое' }])
    expect(textDifferences('', '')).toEqual([])
  })

  it('of very long texts are told as a whole rather than kept waiting for', () => {
    const long = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join(' ')
    expect(textDifferences(long('а'), long('б')).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })

  it('of lists are the lines that only one has', () => {
    expect(listDifferences(['а', 'б'], ['б', 'в'])).toEqual([
      { kind: 'removed', text: 'а' },
      { kind: 'added', text: 'в' },
    ])
  })
})

describe('an article as it is typed', () => {
  const content = { kk: null, ru: { title: 'Вопрос', body: 'Ответ', phrasings: ['раз', 'два'] } }

  it('keeps a phrasing a line, and goes back to what it was', () => {
    expect(formOf(content).ru.phrasings).toBe('раз\nдва')
    expect(contentOf(formOf(content))).toEqual(content)
  })

  it('tells whether only one of two written languages has changed', () => {
    const both = { kk: { title: 'С', body: 'Ж', phrasings: [] }, ru: content.ru }
    expect(onlyChanged(both, { ...both, ru: { ...both.ru, title: 'Иначе' } })).toBe('ru')
    expect(onlyChanged(both, { ...both, ru: { ...both.ru, phrasings: ['ещё'] } })).toBeUndefined()
    expect(onlyChanged(content, { ...content, ru: { ...content.ru, title: 'Иначе' } })).toBeUndefined()
  })

  it('is marked up by the toolbar', () => {
    expect(marked('жми сюда', 4, 8, 'strong').body).toBe('жми **сюда**')
    expect(marked('жми сюда', 4, 8, 'link').body).toBe('жми [сюда](https://)')
    expect(marked('Шаги:\nраз\nдва', 6, 13, 'steps').body).toBe('Шаги:\n\n1. раз\n2. два')
    expect(marked('раз', 0, 3, 'list').body).toBe('- раз')
  })
})

describe('the list of articles', () => {
  it('shows what a filter and words leave; the deleted only by their own', () => {
    const gone: WireArticleRow = { ...row, id: 'edoc.gone', stage: 'deleted' }
    const draft: WireArticleRow = { ...row, id: 'edoc.new', stage: 'draft', titles: { kk: null, ru: 'Ёлка' } }
    const shown = (filter: 'all' | 'deleted' | 'drafts', words = '') =>
      articlesShown([row, gone, draft], { desk: '', filter, words }, 'ru').map(({ id }) => id)
    expect(shown('all')).toEqual(['edoc.new', 'edoc.login'])
    expect(shown('deleted')).toEqual(['edoc.gone'])
    expect(shown('drafts')).toEqual(['edoc.new'])
    expect(shown('all', 'елка')).toEqual(['edoc.new'])
    expect(shown('all', 'порталга')).toEqual([])
    expect(shown('all', 'войти как')).toEqual(['edoc.login'])
    expect(fits({ ...row, missing: 'kk' }, 'missing')).toBe(true)
    expect(fits({ ...row, shippedNewer: true }, 'shipped')).toBe(true)
  })

  it('names an article in the other language when it has no title in one’s own', () => {
    expect(titleOf({ titles: { kk: null, ru: 'Ёлка' } }, 'kk')).toBe('Ёлка')
    expect(titleOf({ titles: { kk: null, ru: null } }, 'kk')).toBeNull()
  })

  it('and each article have addresses of their own', () => {
    for (const route of [
      { name: 'articles' },
      { name: 'questions' },
      { name: 'article', desk: 'edoc' },
      { name: 'article', desk: 'edoc', id: 'edoc.key-type' },
    ] as const)
      expect(routeOf(hashOf(route))).toEqual(route)
  })
})

describe('what the visitor asked last', () => {
  const request = { subject: 'Не открывается договор', registeredAt: '2026-11-23T05:00:00.000Z' }
  const message = (seq: number, author: 'visitor' | 'operator', text: string, minute = seq): WireMessage => ({
    seq,
    eventId: `${seq}`,
    at: `2026-11-23T05:${String(minute).padStart(2, '0')}:00.000Z`,
    author: author === 'visitor' ? { kind: 'visitor' } : { kind: 'operator', id: 'a', name: 'А' },
    audience: 'everyone',
    content: { kind: 'text', text },
  })

  it('is their newest words since the operator’s latest answer', () => {
    const thread = [
      message(1, 'visitor', 'раньше'),
      message(2, 'operator', 'Да'),
      message(3, 'visitor', 'а где\nключ?'),
    ]
    expect(lastQuestion(thread, request)).toBe('а где ключ?')
    expect(lastQuestion([...thread, message(4, 'visitor', '??')], request)).toBe('а где ключ?')
  })

  it('is the subject when nothing was said since, or only buttons before the registration', () => {
    expect(lastQuestion([message(1, 'visitor', 'спросил'), message(2, 'operator', 'Да')], request)).toBe(
      request.subject,
    )
    expect(lastQuestion([message(1, 'visitor', 'Позвать специалиста', 0)], request)).toBe(request.subject)
  })
})
