import { describe, expect, it } from 'vitest'
import { alertText, isNewsTo, mergedAlerts, toneOfAlert } from '../../console/logic/alerts.ts'
import { alertKinds } from '../../engine/alert.ts'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import articlesKk from '../../locales/kk/articles.json'
import kk from '../../locales/kk/console.json'
import articlesRu from '../../locales/ru/articles.json'
import ru from '../../locales/ru/console.json'
import { translatorOf } from '../../locales/translate.ts'

const anAlert = (over: Partial<WireAlert> = {}): WireAlert => ({
  id: 'c1:7',
  kind: 'breach',
  desk: 'edoc',
  conversationId: 'c1',
  number: 1042,
  operatorId: null,
  metric: 'firstResponse',
  dueAt: '2026-11-23T05:15:00.000Z',
  at: '2026-11-23T05:15:00.000Z',
  ...over,
})

describe('an alert in the console', () => {
  it.each([
    ['ru', translatorOf('ru', { ...ru, ...articlesRu })],
    ['kk', translatorOf('kk', { ...kk, ...articlesKk })],
  ] as const)('has words of its own for every kind and promise (%s)', (_, words) => {
    const texts = alertKinds.flatMap((kind) =>
      kind === 'warning' || kind === 'breach'
        ? (['firstResponse', 'nextResponse', 'resolution'] as const).map((metric) =>
            alertText(anAlert({ kind, metric }), '№ 1042, Серікова Айна', words),
          )
        : [alertText(anAlert({ kind, metric: null }), '№ 1042, Серікова Айна', words)],
    )
    expect(new Set(texts).size).toBe(alertKinds.length + 4)
    for (const text of texts) expect(text).toContain('№ 1042, Серікова Айна')
  })

  it('of a conversation without a request names none', () => {
    const words = translatorOf('ru', { ...ru, ...articlesRu })
    expect(alertText(anAlert({ kind: 'endedForInsult', number: null, metric: null }), '', words)).toBe(
      'Помощник завершил разговор из-за оскорблений, обращения не было',
    )
  })

  it('is grave when a promise is broken, a conversation was ended for insults, or nobody is there', () => {
    expect(alertKinds.filter((kind) => toneOfAlert(kind) === 'danger')).toEqual([
      'breach',
      'endedForInsult',
      'unattended',
    ])
  })

  it('is no news to the supervisor who warned for the insult, and is to the others (edoc regulation, §16)', () => {
    const warned = anAlert({ kind: 'warnedForInsult', operatorId: 'me', metric: null })
    expect([isNewsTo(warned, 'me'), isNewsTo(warned, 'other')]).toEqual([false, true])
    expect(isNewsTo(anAlert({ operatorId: 'me' }), 'me')).toBe(true)
  })

  it('is listed once, the newest first, and so many at most', () => {
    const older = anAlert({ id: 'a:1', at: '2026-11-23T05:00:00.000Z' })
    const newer = anAlert({ id: 'b:1', at: '2026-11-23T05:10:00.000Z' })
    expect(mergedAlerts([older], [newer, older], 5).map(({ id }) => id)).toEqual(['b:1', 'a:1'])
    expect(mergedAlerts([older], [newer], 1).map(({ id }) => id)).toEqual(['b:1'])
  })
})
