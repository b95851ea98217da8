import { createTransport } from 'nodemailer'

export type LetterToSend = {
  readonly from: string
  readonly to: string
  readonly subject?: string
  readonly text?: string
  readonly id?: string
  readonly inReplyTo?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly attachments?: readonly { readonly filename: string; readonly content: string | Buffer }[]
}

const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

/** A letter as a mail server hands it over. */
export async function rawLetter({ id, inReplyTo, ...letter }: LetterToSend): Promise<Buffer> {
  const { message } = await transport.sendMail({
    ...letter,
    ...(id && { messageId: id }),
    ...(inReplyTo && { inReplyTo, references: [inReplyTo] }),
    attachments: [...(letter.attachments ?? [])],
    headers: { ...letter.headers },
  })
  return message as Buffer
}
