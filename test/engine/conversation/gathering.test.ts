import { describe, expect, it } from 'vitest'
import { play, someone } from '../../support/conversation.ts'

const file = { id: '00000000-0000-4000-8000-0000000000f1', name: 'экран.png', type: 'image/png', bytes: 1000 }

const asked = (channel: 'widget' | 'telegram' = 'telegram', question?: string) => {
  const talk = play(channel, 'ru')
  talk.happen({ type: 'visitor.started' })
  if (question) {
    talk.writes(question)
    talk.presses('notHelped')
  } else talk.presses('operator')
  return talk
}
const consented = (channel: 'widget' | 'telegram' = 'telegram', question?: string) => {
  const talk = asked(channel, question)
  talk.presses('consent')
  return talk
}
const asking = (talk: ReturnType<typeof play>) => ('asking' in talk.state ? talk.state.asking : undefined)
const draft = (talk: ReturnType<typeof play>) => ('draft' in talk.state ? talk.state.draft : undefined)
const activities = (talk: ReturnType<typeof play>) =>
  talk.messages.flatMap(({ content }) => (content.kind === 'activity' ? [content.activity] : []))

describe('consent comes before anything personal (edoc regulation, §11)', () => {
  it('is asked with what the data is for, and its choice is recorded', () => {
    const talk = asked()
    expect(talk.lastSaid.text).toContain('нужны только для того, чтобы зарегистрировать обращение')
    expect(talk.buttons).toEqual(['consent', 'refuse', 'back'])
    talk.presses('consent')
    expect(activities(talk)).toEqual([{ type: 'consent', given: true }])
    expect(asking(talk)).toBe('iin')
  })

  it.each(['да', 'Согласна', 'иә', 'келісемін.', 'ок'])('«%s» is a yes', (yes) => {
    const talk = asked()
    talk.writes(yes)
    expect(draft(talk)?.consent).toBe('given')
  })

  it.each(['нет', 'не хочу называть', 'жоқ', 'Отказываюсь'])('«%s» is a no', (no) => {
    const talk = asked()
    talk.writes(no)
    expect(draft(talk)?.consent).toBe('refused')
  })

  it('a refusal is allowed, recorded and explained; the request follows, and nothing personal is asked', () => {
    const talk = asked()
    talk.presses('refuse')
    expect(activities(talk)).toEqual([{ type: 'consent', given: false }])
    expect(talk.state.stage).toBe('describing')
    expect(
      talk.messages.some(
        ({ content }) => content.kind === 'said' && content.say[0]?.key === 'consent.refused',
      ),
    ).toBe(true)
    talk.presses('option:consultation')
    talk.writes('Нужен ответ по тарифам для филиала')
    talk.presses('skip')
    talk.presses('noFiles')
    expect(talk.lastSaid.summary?.rows.map(({ field }) => field)).toEqual([
      'type',
      'description',
      'steps',
      'files',
    ])
    talk.presses('confirm')
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { identityRefused: true } })
  })

  it('a form sent before the consent is refused as an old one, and nothing of it is kept', () => {
    const talk = asked('widget')
    expect(talk.refusalOf(talk.fills({ ...someone }))).toEqual({ key: 'refusal.stale' })
    expect(draft(talk)?.values).toEqual({})
  })

  it('back leads to the question again', () => {
    const talk = asked()
    talk.presses('back')
    expect(talk.state.stage).toBe('asking')
  })
})

describe('field by field', () => {
  it('each answer is checked and brought to its one form', () => {
    const talk = consented()
    talk.writes('ИИН 8504 1230 0125')
    expect(draft(talk)?.values.iin).toBe(someone.iin)
    talk.writes('АХМЕТОВ РАСУЛ БОЛАТҰЛЫ')
    expect(draft(talk)?.values.fullName).toBe(someone.fullName)
  })

  it('a wrong answer is refused with the reason, and the same is asked again', () => {
    const talk = consented()
    talk.writes('850412300126')
    expect(asking(talk)).toBe('iin')
    expect(talk.lastSaid.text).toContain('ИИН')
    expect(draft(talk)?.values).toEqual({})
  })

  it('who names an organisation is asked for its BIN; who speaks for themselves is not', () => {
    const forCompany = consented()
    forCompany.writes(someone.iin)
    forCompany.writes(someone.fullName)
    forCompany.writes('ТОО «Ромашка»')
    expect(asking(forCompany)).toBe('bin')

    const forThemselves = consented()
    forThemselves.writes(someone.iin)
    forThemselves.writes(someone.fullName)
    forThemselves.presses('skip')
    expect(asking(forThemselves)).toBe('contact')
  })

  it('what is required cannot be skipped', () => {
    const talk = consented()
    talk.presses('skip')
    expect(asking(talk)).toBe('iin')
  })

  it('back leads to the field before, and an optional one that was skipped may be answered after all', () => {
    const talk = consented()
    talk.writes(someone.iin)
    talk.writes(someone.fullName)
    talk.presses('skip')
    talk.presses('back')
    expect(asking(talk)).toBe('organisation')
    expect(draft(talk)?.skipped).not.toContain('organisation')
    talk.presses('back')
    expect(asking(talk)).toBe('fullName')
  })

  it('back from the request leads to what was told last about oneself', () => {
    const talk = consented()
    for (const value of [someone.iin, someone.fullName]) talk.writes(value)
    talk.presses('skip')
    talk.writes(someone.contact)
    expect(talk.state.stage).toBe('describing')
    talk.presses('back')
    expect(talk.state).toMatchObject({ stage: 'identifying', asking: 'contact' })
  })

  it('everything in one message is taken at once, and only the rest is asked', () => {
    const talk = consented()
    talk.writes('Ахметов Расул Болатұлы, ИИН 850412300125, 8 701 123 45 67')
    expect(draft(talk)?.values).toEqual({
      iin: someone.iin,
      fullName: someone.fullName,
      contact: someone.contact,
    })
    expect(asking(talk)).toBe('organisation')
  })

  it('the question that led here is offered as the description', () => {
    const talk = consented('telegram', 'как восстановить пароль')
    for (const value of [someone.iin, someone.fullName]) talk.writes(value)
    talk.presses('skip')
    talk.writes(someone.contact)
    talk.presses('option:defect')
    expect(talk.buttons).toContain('keep')
    talk.presses('keep')
    expect(draft(talk)?.values.description).toBe('как восстановить пароль')
  })

  it('a file sent at any field is kept with the request', () => {
    const talk = consented()
    talk.happen({ type: 'visitor.attached', file, text: 'вот' })
    expect(draft(talk)?.files).toEqual([file])
    expect(asking(talk)).toBe('iin')
  })
})

describe('a whole form (widget)', () => {
  it('is taken at once; optional fields left empty count as skipped', () => {
    const talk = consented('widget')
    talk.fills({
      iin: someone.iin,
      fullName: 'ахметов расул болатұлы',
      contact: '8 701 123 45 67',
      organisation: '',
    })
    expect(talk.state).toMatchObject({ stage: 'describing' })
    expect(draft(talk)?.values).toEqual({
      iin: someone.iin,
      fullName: someone.fullName,
      contact: someone.contact,
    })
  })

  it('with anything wrong in it nothing is taken, and each mistake stands by its field', () => {
    const talk = consented('widget')
    const refusal = talk.refusalOf(talk.fills({ iin: '1', fullName: '', contact: 'нет' }))
    expect(refusal?.key).toBe('refusal.check')
    expect(Object.keys(refusal?.fields ?? {}).sort()).toEqual(['contact', 'fullName', 'iin'])
    expect(draft(talk)?.values).toEqual({})
  })

  it('an organisation without its BIN is not taken', () => {
    const talk = consented('widget')
    const { bin: _, ...rest } = someone
    const refusal = talk.refusalOf(talk.fills({ ...rest, organisation: 'ТОО «Ромашка»' }))
    expect(refusal?.fields).toEqual({ bin: 'field.required' })
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'a field that nobody asked for is not kept, not even «%s»',
    (name) => {
      const talk = consented('widget')
      const values = JSON.parse(
        JSON.stringify({ ...someone, organisation: '' }).replace('{', `{"${name}":"x",`),
      )
      talk.fills(values)
      const answers = talk.messages.findLast(({ content }) => content.kind === 'answers')?.content
      expect(answers?.kind === 'answers' && Object.keys(answers.values).sort()).toEqual([
        'contact',
        'fullName',
        'iin',
      ])
      expect(talk.state.stage).toBe('describing')
    },
  )

  it('a form of another stage is refused as an old one', () => {
    const talk = consented('widget')
    expect(talk.refusalOf(talk.fills({ description: 'что-то' }))).toEqual({ key: 'refusal.stale' })
  })
})

describe('a person in mid-form', () => {
  it('is offered the short rest first, then connected at once with what there is', () => {
    const talk = consented()
    talk.writes(someone.iin)
    talk.presses('operator')
    expect(talk.lastSaid.text).toContain('Осталось совсем немного')
    expect(talk.buttons).toEqual(['continue', 'connectNow'])
    talk.presses('connectNow')
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { values: { iin: someone.iin } } })
  })

  it('who goes on is asked the same field again', () => {
    const talk = consented()
    talk.presses('operator')
    talk.presses('continue')
    expect(asking(talk)).toBe('iin')
    expect(talk.lastSaid.form?.asking).toBe('iin')
  })

  it('the question they came with becomes the description of the request', () => {
    const talk = asked('telegram', 'как восстановить пароль')
    talk.presses('operator')
    talk.presses('connectNow')
    expect(talk.state).toMatchObject({
      stage: 'waiting',
      ticket: { values: { description: 'как восстановить пароль' } },
    })
  })

  it('even where a sentence is awaited, asking for a person is understood', () => {
    const talk = consented()
    talk.writes('позовите оператора')
    expect(talk.lastSaid.text).toContain('Осталось совсем немного')
  })
})
