import fc from 'fast-check'
import type { FoundContract } from '../../engine/contract.ts'
import type { ChoiceId } from '../../engine/conversation/content.ts'
import { channels, type Desk, deskFields } from '../../engine/desk.ts'
import { languages } from '../../engine/language.ts'
import { aigerim, type Happening, type PlayedEvent, play, someone, timur } from './conversation.ts'
import { desks, edoc } from './edoc.ts'
import { letter } from './mail.ts'

const sts = desks.get('sts')!

const file = { id: '00000000-0000-4000-8000-0000000000f1', name: 'экран.png', type: 'image/png', bytes: 1000 }

const cryptopro = desks.get('cryptopro') as Desk
const fieldIds = [edoc, cryptopro].flatMap((desk) => deskFields(desk).map(({ id }) => id))

const certificate: FoundContract = {
  contract: {
    id: '00000000-0000-4000-8000-0000000000c1',
    desk: 'cryptopro',
    number: 'ТП-17',
    bin: someone.bin,
    organisation: 'ТОО «Ромашка»',
    level: 'vip',
    type: 'workplace',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  },
  open: 0,
  own: [],
}

const choices: readonly ChoiceId[] = [
  'operator',
  'new',
  'back',
  'helped',
  'notHelped',
  'consent',
  'refuse',
  'confirm',
  'connectNow',
  'continue',
  'reopen',
  'resolved',
  'keep',
  'skip',
  'noFiles',
  'withoutContract',
  'article:edoc.ncalayer',
  'article:edoc.gone',
  'option:defect',
  'option:nothing',
  'rate:5',
  'language:kk',
  'language:ru',
  ...fieldIds.map((id) => `edit:${id}` as const),
  'edit:nothing',
]

/** What people type. */
export const texts = [
  ...Object.values(someone),
  'ТОО «Ромашка»',
  'ТП-17',
  'rasul@example.kz',
  'без сертификата',
  'как подписать документ',
  'адам керек',
  'позовите оператора',
  'иә',
  'нет',
  'привет',
  'рахмет',
  'дурак',
  'погода',
  'Ошибка или недоработка',
  '<script>alert(1)</script>',
  'x'.repeat(4000),
]

const values = fc.dictionary(
  fc.constantFrom(...fieldIds, 'nothing', '__proto__'),
  fc.constantFrom(...texts, 'defect', ''),
  { maxKeys: 6 },
)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...choices).map((choice) => ({ type: 'visitor.chose' as const, choice })),
  },
  {
    weight: 6,
    arbitrary: fc
      .oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', minLength: 1 }))
      .map((text) => ({ type: 'visitor.wrote' as const, text })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        text: fc.constantFrom(...texts, '', '5', 'не помогло'),
        subject: fc.constantFrom('', 'Вопрос'),
        more: fc.constantFrom({}, { answersOurs: true as const }, { quiet: true as const }),
      })
      .map(({ text, subject, more }) => ({
        type: 'visitor.mailed' as const,
        mail: letter(text, { subject, ...more }),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(values, fc.boolean()).map(([typed, takes]) => ({
      type: 'operator.registered' as const,
      operator: aigerim,
      values: { description: 'Звонят: не открывается', ...typed },
      files: [],
      ...(takes && { takes: true as const }),
    })),
  },
  { weight: 2, arbitrary: values.map((filled) => ({ type: 'visitor.filled' as const, values: filled })) },
  fc.constant({ type: 'visitor.started' as const }),
  fc.constant({ type: 'visitor.attached' as const, file }),
  fc.constant({ type: 'visitor.edited' as const, of: 'event-1', text: 'иначе' }),
  fc.constant({ type: 'visitor.sentUnsupported' as const, what: 'sticker' as const }),
  fc.constantFrom(...languages).map((language) => ({ type: 'visitor.switchedLanguage' as const, language })),
  fc.constantFrom(aigerim, timur).chain((operator) =>
    fc.constantFrom<Happening>(
      { type: 'operator.took', operator },
      { type: 'operator.released', operator },
      { type: 'operator.replied', operator, text: 'Здравствуйте!' },
      { type: 'operator.attached', operator, file },
      { type: 'operator.noted', operator, text: 'для своих' },
      { type: 'operator.transferred', operator, to: timur },
      { type: 'operator.askedForInformation', operator, text: 'Пришлите снимок' },
      { type: 'operator.resolved', operator, text: 'Готово' },
      { type: 'operator.resolved', operator },
      { type: 'operator.revealed', operator, field: 'iin' },
      { type: 'operator.recognised', operator, found: certificate },
      { type: 'operator.recognised', operator, found: null },
      { type: 'operator.declined', operator, text: 'Не сможем', reason: 'notUnderstandable' },
      {
        type: 'operator.declined',
        operator,
        text: 'Не к нам',
        reason: 'outOfScope',
        scope: 'own-computer',
      },
      { type: 'operator.declined', operator, text: 'Не к нам', reason: 'outOfScope', scope: 'nothing' },
      { type: 'operator.postponed', operator, text: 'Позже', reason: 'waiting', until: '2026-11-30' },
      { type: 'operator.postponed', operator, text: 'Позже', reason: 'tooLittleInformation' },
      { type: 'operator.passedOn', operator, to: 'development', dueOn: '2026-11-30', note: 'для своих' },
      { type: 'operator.passedOn', operator, to: 'thirdParty' },
      { type: 'operator.warned', operator, text: 'Просим без оскорблений' },
      { type: 'operator.ended', operator, text: 'Всего доброго' },
      { type: 'operator.ended', operator },
      { type: 'operator.tookOver', operator },
      { type: 'operator.tookOver', operator, supervises: true },
      { type: 'operator.movedToDesk', operator, to: sts, reason: 'не к нам' },
      { type: 'assignment.made', operator },
      { type: 'assignee.away', operatorId: operator.id },
    ),
  ),
  fc.constantFrom<Happening>(
    { type: 'timer.fired', timer: 'firstResponse.warning.5', dueAt: '2026-11-23T05:05:00.000Z' },
    { type: 'timer.fired', timer: 'firstResponse.breach', dueAt: '2026-11-23T05:15:00.000Z' },
    { type: 'timer.fired', timer: 'assignee.silent', dueAt: '2026-11-23T05:10:00.000Z' },
    { type: 'desk.unattended' },
    { type: 'channel.failed', reason: 'blocked' },
  ),
)

/** Anything that may happen in a conversation, in any order. */
export const walk = fc.record({
  channel: fc.constantFrom(...channels),
  language: fc.constantFrom(...languages),
  desk: fc.constantFrom(edoc, cryptopro),
  found: fc.constantFrom<readonly FoundContract[] | 'tooOften'>(
    [],
    [certificate],
    [{ ...certificate, open: 9, own: [1000] }],
    'tooOften',
  ),
  path: fc.array(happening, { maxLength: 40 }),
})

/** The conversation in which all of it has happened; `heard` is called back after each event. */
export function walked(
  { channel, language, desk, found, path }: typeof walk extends fc.Arbitrary<infer W> ? W : never,
  heard?: (step: PlayedEvent) => void,
) {
  const talk = play(channel, language, undefined, desk, () => found)
  if (heard) talk.heard(heard)
  talk.happen({ type: 'visitor.started' })
  for (const one of path) talk.happen(one)
  return talk
}
