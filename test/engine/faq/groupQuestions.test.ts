import { describe, expect, it } from 'vitest'
import { groupingSteps } from '../../../engine/faq/groupQuestions.ts'
import { lastOf } from '../../../engine/faq/steps.ts'
import { edoc } from '../../support/edoc.ts'

const groups = (texts: readonly string[]) =>
  lastOf(groupingSteps(texts.map((text) => ({ text })))).map((group) => group.map(({ text }) => text))

describe('unanswered questions are grouped', () => {
  it('by the same words, whatever their order, case, letters and greetings', () => {
    const one = ['Здравствуйте, где взять справку?', 'где взять справку', 'Справку взять где']
    expect(groups([...one, 'забыл логин от телефона'])).toEqual([one, ['забыл логин от телефона']])
    const kazakh = ['анықтаманы қайдан аламын', 'аныктаманы кайдан аламын', 'anyktamany kaidan alamyn']
    expect(groups(kazakh)).toEqual([kazakh])
  })

  it('by likeness, the largest group first, led by what most of it says', () => {
    const asked = [
      'экран мигает',
      'не приходит смс с кодом',
      'не приходит смс с кодом',
      'смс с кодом не приходит мне',
    ]
    expect(groups(asked)).toEqual([
      ['не приходит смс с кодом', 'не приходит смс с кодом', 'смс с кодом не приходит мне'],
      ['экран мигает'],
    ])
  })

  it('seldom wrongly: of pairs put together, nine of ten ask for the same article', () => {
    const asked = [...edoc.articles.values()].flatMap(({ id, kk, ru }) =>
      [...kk.phrasings, ...ru.phrasings].map((text) => ({ text, id })),
    )
    const pairs = lastOf(groupingSteps(asked)).flatMap((group) =>
      group.flatMap((one, at) => group.slice(at + 1).map((two) => one.id === two.id)),
    )
    expect(pairs.length).toBeGreaterThan(80)
    expect(pairs.filter(Boolean).length / pairs.length).toBeGreaterThan(0.85)
  })

  it('nothing is lost or doubled', () => {
    const texts = Array.from({ length: 900 }, (_, at) => `вопрос номер ${at} о деле ${at * 7}`)
    expect(groups(texts).flat().sort()).toEqual([...texts].sort())
    expect(groups([])).toEqual([])
  })
})
