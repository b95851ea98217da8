import type { Mail } from '../../engine/conversation/event.ts'
import type { Happening, Talk } from './conversation.ts'

let count = 0

/** A letter of somebody's, as the engine hears of it. */
export const letter = (text: string, rest: Partial<Mail> = {}): Mail => ({
  id: `<letter-${++count}@mail.example.kz>`,
  from: { address: 'rasul@example.kz', name: 'Расул Ахметов' },
  to: 'support@mitwork.kz',
  subject: '',
  text,
  files: [],
  refused: [],
  ...rest,
})

/** The same as what happens to a conversation; where there is a request, it answers a letter of ours. */
export const mails = (talk: Talk, text: string, rest: Partial<Mail> = {}) =>
  talk.happen({
    type: 'visitor.mailed',
    mail: letter(text, { ...('ticket' in talk.state && { answersOurs: true }), ...rest }),
  } satisfies Happening)

/** A letter that names the request by its number alone, as anybody can who has heard of it. */
export const mailsByNumber = (talk: Talk, text: string) =>
  talk.happen({ type: 'visitor.mailed', mail: letter(text) } satisfies Happening)
