import { describe, expect, it } from 'vitest'
import { play, someone } from '../../support/conversation.ts'

const file = { id: '00000000-0000-4000-8000-0000000000f1', name: 'экран.png', type: 'image/png', bytes: 1000 }

/** At the summary of a whole request. */
function reviewing(channel: 'widget' | 'telegram' = 'widget') {
  const talk = play(channel, 'ru')
  talk.happen({ type: 'visitor.started' })
  talk.presses('operator')
  talk.presses('consent')
  if (channel === 'widget') {
    talk.fills({ iin: someone.iin, fullName: someone.fullName, contact: someone.contact })
    talk.fills({ type: 'defect', description: 'Кнопка не нажимается', steps: '' })
  } else {
    for (const value of [someone.iin, someone.fullName]) talk.writes(value)
    talk.presses('skip')
    talk.writes(someone.contact)
    talk.presses('option:defect')
    talk.writes('Кнопка не нажимается')
    talk.presses('skip')
    talk.presses('noFiles')
  }
  return talk
}
const rows = (talk: ReturnType<typeof play>) =>
  Object.fromEntries((talk.lastSaid.summary?.rows ?? []).map(({ field, value }) => [field, value]))

describe('the whole request is shown before it is sent', () => {
  it.each(['widget', 'telegram'] as const)('with every line, empty ones too (%s)', (channel) => {
    const talk = reviewing(channel)
    expect(talk.state.stage).toBe('reviewing')
    expect(rows(talk)).toEqual({
      iin: someone.iin,
      fullName: someone.fullName,
      organisation: 'не указано',
      contact: someone.contact,
      type: 'Ошибка или недоработка',
      description: 'Кнопка не нажимается',
      steps: 'не указано',
      files: 'не указано',
    })
    expect(talk.buttons[0]).toBe('confirm')
  })

  it('nothing is registered before it is confirmed, and words do not confirm it', () => {
    const talk = reviewing()
    talk.writes('да, всё верно')
    expect(talk.state.stage).toBe('reviewing')
    expect(talk.lastSaid.text).toContain('Если всё верно, отправьте обращение')
    talk.presses('confirm')
    expect(talk.state.stage).toBe('waiting')
  })
})

describe('each line can be changed', () => {
  it('by words: the new value is checked and shown', () => {
    const talk = reviewing()
    talk.presses('edit:contact')
    expect(talk.lastSaid.form?.fields).toMatchObject([{ id: 'contact', value: someone.contact }])
    talk.writes('нет')
    expect(talk.state).toMatchObject({ stage: 'reviewing', editing: 'contact' })
    talk.writes('8 705 999 88 77')
    expect(rows(talk).contact).toBe('+77059998877')
  })

  it('by a form; a mistake is refused by its field', () => {
    const talk = reviewing()
    talk.presses('edit:iin')
    expect(talk.refusalOf(talk.fills({ iin: '12' }))?.fields).toHaveProperty('iin')
    talk.fills({ iin: '880101300123' })
    expect(rows(talk).iin).toBe('880101300123')
  })

  it('the type by its button', () => {
    const talk = reviewing()
    talk.presses('edit:type')
    talk.presses('option:proposal')
    expect(rows(talk).type).toBe('Предложение по порталу')
  })

  it('an organisation that is added brings the question of its BIN', () => {
    const talk = reviewing()
    talk.presses('edit:organisation')
    talk.writes('ТОО «Ромашка»')
    expect(talk.state).toMatchObject({ editing: 'bin' })
    talk.writes(`БИН ${someone.bin}`)
    expect(rows(talk)).toMatchObject({ organisation: 'ТОО «Ромашка»', bin: someone.bin })
  })

  it('an organisation that is taken away takes its BIN along', () => {
    const talk = reviewing()
    talk.presses('edit:organisation')
    talk.writes('ТОО «Ромашка»')
    talk.writes(someone.bin)
    talk.presses('edit:organisation')
    talk.presses('skip')
    expect(rows(talk)).not.toHaveProperty('bin')
    talk.presses('confirm')
    expect('ticket' in talk.state && talk.state.ticket.values).not.toHaveProperty('bin')
  })

  it('back leaves the line as it was', () => {
    const talk = reviewing()
    talk.presses('edit:fullName')
    talk.presses('back')
    expect(rows(talk).fullName).toBe(someone.fullName)
    expect(talk.state).not.toHaveProperty('editing')
  })

  it('a file that is sent now is in the summary', () => {
    const talk = reviewing()
    talk.happen({ type: 'visitor.attached', file })
    expect(rows(talk).files).toBe('экран.png')
  })

  it('a line that is not there cannot be changed', () => {
    const talk = reviewing()
    expect(talk.refusalOf(talk.presses('edit:nothing'))).toEqual({ key: 'stale' })
  })
})

describe('registration', () => {
  it('asks for a number first: nothing is promised without one', () => {
    const talk = reviewing()
    const effects = talk.presses('confirm')
    expect(effects.filter(({ type }) => type === 'needRegistration')).toEqual([])
    expect(talk.lastSaid.ticket).toMatchObject({
      number: 1001,
      ahead: 2,
      dueText: 'до 10:15',
      aheadText: 'Перед вами 2 обращения.',
    })
  })

  it('sets the deadlines of both promises, saves the ticket and puts it down in the history', () => {
    const effects = reviewing().presses('confirm')
    expect(effects.flatMap((effect) => (effect.type === 'setTimer' ? [effect.timer] : []))).toEqual([
      'firstResponse.warning.5',
      'firstResponse.warning.10',
      'firstResponse.breach',
      'resolution.warning.540',
      'resolution.warning.1020',
      'resolution.breach',
    ])
    expect(effects.filter(({ type }) => type === 'saveTicket')).toHaveLength(1)
    expect(effects).toContainEqual({
      type: 'post',
      message: {
        author: { kind: 'assistant' },
        audience: 'operators',
        content: {
          kind: 'activity',
          activity: { type: 'registered', number: 1001, dueAt: '2026-11-23T05:15:00.000Z' },
        },
      },
    })
  })

  it('who comes again is not asked again who they are (sts instruction, items 2 and 4)', () => {
    const talk = reviewing()
    talk.presses('confirm')
    const operator = { id: 'o', name: 'Айгерім' }
    talk.happen({ type: 'operator.took', operator })
    talk.happen({ type: 'operator.resolved', operator, text: 'Готово' })
    talk.presses('new')
    talk.presses('operator')
    expect(talk.state).toMatchObject({ stage: 'describing', draft: { values: { iin: someone.iin } } })
  })
})
