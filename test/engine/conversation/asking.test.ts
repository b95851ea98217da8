import { describe, expect, it } from 'vitest'
import type { Content } from '../../../engine/conversation/content.ts'
import { transition } from '../../../engine/conversation/transition.ts'
import { play } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'

const begun = (language: 'kk' | 'ru' = 'ru', channel: 'widget' | 'telegram' = 'widget') => {
  const talk = play(channel, language)
  talk.happen({ type: 'visitor.started' })
  return talk
}
const activities = (talk: ReturnType<typeof play>) =>
  talk.messages.flatMap(({ content, audience }) =>
    content.kind === 'activity' ? [{ ...content.activity, audience }] : [],
  )

describe('the greeting', () => {
  it('says what the assistant does, and a person is one press away', () => {
    expect(begun('kk').lastSaid.text).toContain('Мен E-DOC порталының көмекшісімін')
    const talk = begun('ru')
    expect(talk.lastSaid.text).toContain('Я помощник портала E-DOC')
    expect(talk.buttons).toEqual(['operator'])
  })
})

describe('the FAQ is looked at first (edoc regulation, §10 and §25)', () => {
  it('a clear question shows its article, asks whether it helped, and operators see which it was', () => {
    const talk = begun()
    talk.writes('как восстановить пароль')
    expect(talk.lastSaid.article?.title).toBeTruthy()
    expect(talk.lastSaid.ask).toBe('Помог ли ответ?')
    expect(talk.buttons).toEqual(['helped', 'notHelped'])
    const id = talk.lastSaid.article?.id
    expect(talk.state.articlesSeen).toEqual([id])
    expect(activities(talk)).toEqual([{ type: 'articleShown', article: id, audience: 'operators' }])
  })

  it('an answer that helped ends it kindly; one that did not leads to a person with the question kept', () => {
    const helped = begun()
    helped.writes('как восстановить пароль')
    helped.presses('helped')
    expect(helped.lastSaid.text).toContain('Рад, что получилось')
    expect(helped.state).toMatchObject({ stage: 'asking', suggested: [] })

    const not = begun()
    not.writes('как восстановить пароль')
    not.presses('notHelped')
    expect(not.state).toMatchObject({ stage: 'identifying', draft: { question: 'как восстановить пароль' } })
  })

  it('an article that was offered opens by its button, and the newest read is remembered last', () => {
    const talk = begun()
    const [first, second] = [...edoc.articles.keys()]
    talk.presses(`article:${first}`)
    talk.presses(`article:${second}`)
    talk.presses(`article:${first}`)
    expect(talk.state.articlesSeen).toEqual([second, first])
  })

  it('an article that is no more is refused as an old button', () => {
    const talk = begun()
    expect(talk.refusalOf(talk.presses('article:edoc.gone'))).toEqual({ key: 'stale' })
  })

  it('what nobody can answer is said so, with a person at hand', () => {
    const talk = begun()
    talk.writes('ыфвапролджэ')
    expect(talk.lastSaid.text).toContain('Не совсем понял вопрос')
    expect(talk.buttons).toContain('operator')
  })
})

describe('a person is called by a button or by words', () => {
  it.each(['позовите оператора', 'адам керек', 'хочу поговорить с человеком'])('«%s»', (words) => {
    const talk = begun()
    talk.writes(words)
    expect(talk.state.stage).toBe('identifying')
  })
})

describe('out of scope (edoc regulation, §6): said kindly, with where to go instead', () => {
  it.each([
    ['ru', 'пропал вай фай', 'Обратитесь к вашему провайдеру'],
    ['kk', 'интернет жоқ', 'Провайдеріңізге'],
    ['ru', 'объясните статью налогового кодекса', 'Обратитесь к юристу'],
  ] as const)('%s: «%s»', (language, text, where) => {
    const talk = begun(language)
    talk.writes(text)
    expect(talk.lastSaid.text).toContain(where)
    expect(talk.state).toMatchObject({ stage: 'asking', question: text })
    expect(talk.buttons).toEqual(['operator'])
  })
})

describe('insults (edoc regulation, §16)', () => {
  it('one warning first, then the right to stop and where to complain; the history tells operators', () => {
    const talk = begun()
    talk.writes('дурак')
    expect(talk.lastSaid.text).toContain('Давайте общаться уважительно')
    talk.writes('идиоты')
    expect(talk.lastSaid.text).toContain('support@mitwork.kz')
    expect(talk.state).toMatchObject({ stage: 'asking', insults: 2 })
    expect(activities(talk)).toEqual([
      { type: 'insult', audience: 'operators' },
      { type: 'insult', audience: 'operators' },
    ])
  })

  it('a desk that says so ends the conversation at the second, and a new one may be begun', () => {
    const strict = { ...edoc, endOnInsult: true }
    const insult = (state: Parameters<typeof transition>[1], n: number) =>
      transition(strict, state, {
        type: 'visitor.wrote',
        id: `insult-${n}`,
        at: '2026-11-23T05:00:00.000Z',
        text: 'дурак',
      })
    const [warned] = insult(begun().state, 1)
    const [ended, effects] = insult(warned, 2)
    expect(ended).toMatchObject({ stage: 'ended', insults: 2 })
    const said = effects.flatMap((effect) =>
      effect.type === 'post' && effect.message.content.kind === 'said' ? [effect.message.content] : [],
    )
    expect(said.at(-1)).toMatchObject({ say: [{ key: 'etiquette.ended' }], choices: [{ id: 'new' }] })

    const [again] = transition(strict, ended, {
      type: 'visitor.chose',
      id: 'new',
      at: '2026-11-23T05:01:00.000Z',
      choice: 'new',
    })
    expect(again).toMatchObject({ stage: 'asking', insults: 2 })
  })

  it('after the end: words are kept, the complaint route is repeated, a caption stays with its file', () => {
    const ended = { ...begun().state, stage: 'ended' } as Parameters<typeof transition>[1]
    const at = '2026-11-23T05:00:00.000Z'
    const contents = (event: Parameters<typeof transition>[2]): readonly Content[] =>
      transition(edoc, ended, event)[1].flatMap((effect) =>
        effect.type === 'post' ? [effect.message.content] : [],
      )
    expect(contents({ type: 'visitor.wrote', id: 'w', at, text: 'ещё' })).toMatchObject([
      { kind: 'text', text: 'ещё' },
      { kind: 'said', say: [{ key: 'ended.again' }] },
    ])
    const file = { id: 'f', name: 'a.png', type: 'image/png', bytes: 1 }
    expect(contents({ type: 'visitor.attached', id: 'a', at, file, text: 'подпись' })).toMatchObject([
      { kind: 'file', file, text: 'подпись' },
      { kind: 'said' },
    ])
  })
})

describe('the language is followed and offered (design §7)', () => {
  it('what the visitor writes changes it, as long as they have not chosen one', () => {
    const talk = begun('kk')
    talk.writes('как восстановить пароль')
    expect(talk.state.language).toBe('ru')
    talk.writes('құпиясөзді ұмытып қалдым')
    expect(talk.state.language).toBe('kk')
  })

  it('what may be either language changes nothing', () => {
    const talk = begun('kk')
    talk.writes('E-DOC 2026')
    expect(talk.state.language).toBe('kk')
  })

  it.each([
    [
      'ru',
      'құпиясөзді ұмытып қалдым',
      'Қазақша жауап бере аламын. Ауыстырайын ба?',
      'language:kk',
      'Қазақша',
    ],
    ['kk', 'как восстановить пароль', 'Могу отвечать по-русски. Переключить?', 'language:ru', 'По-русски'],
  ] as const)('who chose %s is offered the other, in that language', (chosen, text, offer, button, label) => {
    const talk = begun(chosen)
    talk.happen({ type: 'visitor.switchedLanguage', language: chosen })
    talk.writes(text)
    expect(talk.state.language).toBe(chosen)
    expect(talk.lastSaid.text).toBe(offer)
    expect(talk.lastSaid.choices).toEqual([{ id: button, label, primary: false }])
    talk.presses(button)
    expect(talk.state.language).toBe(button.slice('language:'.length))
  })

  it('on Telegram, where what was said stays, the last question is put again in the new language', () => {
    const talk = begun('ru', 'telegram')
    talk.presses('operator')
    talk.presses('consent')
    talk.happen({ type: 'visitor.switchedLanguage', language: 'kk' })
    expect(talk.lastSaid.form?.fields[0]?.question).toContain('ЖСН-іңізді жазыңыз')
  })
})

describe('what is not in place is refused', () => {
  it('a form nobody asked for, and what operators do where there is no request', () => {
    const talk = begun()
    expect(talk.refusalOf(talk.fills({ iin: '850412300125' }))).toEqual({ key: 'refusal.stale' })
    const operator = { id: 'o', name: 'Айгерім' }
    expect(talk.refusalOf(talk.happen({ type: 'operator.took', operator }))).toEqual({
      key: 'refusal.noTicket',
    })
    expect(talk.state.stage).toBe('asking')
  })
})
