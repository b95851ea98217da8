import { describe, expect, it } from 'vitest'
import type { WireContent } from '../../engine/wire.ts'
import { activeSeq, bubblesOf, mergeMessages, sectionsOf, unreadCount } from '../../widget/thread.ts'
import { dayOf } from '../../widget/when.ts'
import { message, wrote } from './fakes.ts'

const text = (words: string): WireContent => ({ kind: 'text', text: words })
const visitor = { author: { kind: 'visitor' } } as const
const operator = (id: string) => ({ author: { kind: 'operator', id, name: id } }) as const
const noMarks = { visitorDelivered: 0, visitorRead: 0, operatorRead: 0 }
const seqs = (thread: readonly { seq: number }[]) => thread.map(({ seq }) => seq)

describe('joining messages', () => {
  it('keeps the order of the sequence numbers, whatever the order of arrival', () => {
    const thread = mergeMessages([message(1, text('a')), message(5, text('e'))], [message(3, text('c'))])
    expect(seqs(thread)).toEqual([1, 3, 5])
  })

  it('takes no message twice, and a changed one in place of its older copy', () => {
    const thread = mergeMessages(
      [message(1, text('a')), message(2, text('b'))],
      [message(2, { kind: 'text', text: 'B', edited: true }), message(3, text('c'))],
    )
    expect(seqs(thread)).toEqual([1, 2, 3])
    expect(thread[1]!.content).toEqual({ kind: 'text', text: 'B', edited: true })
  })
})

describe('what is shown', () => {
  it('has what is on its way after everything stored', () => {
    const shown = bubblesOf([message(1, text('a'))], [wrote('x')], [], noMarks)
    expect(shown.map(({ key, progress }) => [key, progress])).toEqual([
      ['1', undefined],
      ['x', 'waiting'],
    ])
  })

  it('shows an act once when its stored copy comes before the acknowledgement', () => {
    const stored = message(1, text('a'), { ...visitor, eventId: 'x' })
    expect(bubblesOf([stored], [wrote('x')], [], noMarks).map(({ key }) => key)).toEqual(['1'])
  })

  it("keeps the act on its way while only the assistant's answer to it is here", () => {
    const answer = message(2, text('b'), { eventId: 'x' })
    expect(bubblesOf([answer], [wrote('x')], [], noMarks).map(({ key }) => key)).toEqual(['2', 'x'])
  })

  it("marks the visitor's own messages as read up to where the operator got", () => {
    const own = [message(1, text('a'), visitor), message(2, text('b'), visitor)]
    const shown = bubblesOf(own, [], [], { ...noMarks, operatorRead: 1 })
    expect(shown.map(({ progress }) => progress)).toEqual(['read', 'stored'])
  })

  it('keeps a refused act in sight, with its reason', () => {
    const refusal = { key: 'refusal.invalid', text: 'Так нельзя' }
    const [shown] = bubblesOf([], [], [{ ...wrote('x'), refusal }], noMarks)
    expect(shown).toMatchObject({ progress: 'refused', refused: { refusal } })
  })
})

describe('grouping', () => {
  const grouped = (messages: Parameters<typeof bubblesOf>[0]) =>
    sectionsOf(bubblesOf(messages, [], [], noMarks), dayOf).map((section) =>
      section.type === 'group' ? section.bubbles.map(({ seq }) => seq) : section.type,
    )
  const at = (time: string) => ({ at: `2026-03-02T${time}.000Z` })

  it("puts one author's messages together", () => {
    expect(
      grouped([
        message(1, text('a')),
        message(2, text('b')),
        message(3, text('c'), visitor),
        message(4, text('d'), operator('Айгүл')),
        message(5, text('e'), operator('Данияр')),
      ]),
    ).toEqual(['day', [1, 2], [3], [4], [5]])
  })

  it('parts them when five minutes lie between, and at an activity line', () => {
    expect(
      grouped([
        message(1, text('a'), at('05:00:00')),
        message(2, text('b'), at('05:04:59')),
        message(3, text('c'), at('05:09:59')),
        message(4, { kind: 'activity', text: 'x', tone: 'plain' }, at('05:10:00')),
        message(5, text('d'), at('05:10:01')),
      ]),
    ).toEqual(['day', [1, 2], [3], 'activity', [5]])
  })

  it('begins a day at midnight in Almaty, which is 19:00 UTC', () => {
    expect(grouped([message(1, text('a'), at('18:59:59')), message(2, text('b'), at('19:00:00'))])).toEqual([
      'day',
      [1],
      'day',
      [2],
    ])
  })
})

describe('which buttons still count', () => {
  const asking: WireContent = {
    kind: 'said',
    text: 'Помогло?',
    choices: [{ id: 'helped', label: 'Да', primary: true }],
  }
  const form: WireContent = {
    kind: 'said',
    text: 'Кто вы?',
    form: { fields: [], asking: 'iin', submitLabel: 'Дальше' },
  }

  it('are those of the newest message that has any', () => {
    expect(
      activeSeq([message(1, form), message(2, asking), message(3, { kind: 'said', text: 'Хорошо' })]),
    ).toBe(2)
  })

  it('are none once one of them was pressed', () => {
    expect(activeSeq([message(1, asking), message(2, text('Да'), visitor)])).toBeUndefined()
    expect(activeSeq([message(1, asking), message(2, text('Не знаю'), visitor)])).toBe(1)
  })

  it('are none once the form was answered or the request registered', () => {
    expect(activeSeq([message(1, form), message(2, { kind: 'answers', rows: [] }, visitor)])).toBeUndefined()
    const ticket = { number: 1, dueAt: '', dueText: '', ahead: 0, aheadText: '' }
    expect(activeSeq([message(1, asking), message(2, { kind: 'said', text: '', ticket })])).toBeUndefined()
  })
})

describe('counting what was not read', () => {
  it("counts the desk's words after the last one seen, not the visitor's own and not activity", () => {
    const thread = [
      message(1, text('seen')),
      message(2, text('new')),
      message(3, text('own'), visitor),
      message(4, { kind: 'activity', text: 'x', tone: 'plain' }),
      message(5, text('new'), operator('Айгүл')),
    ]
    expect(unreadCount(thread, 1)).toBe(2)
  })
})
