import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { WireFile, WireMessage } from '../../engine/wire.ts'
import { compose } from '../../mail/compose.ts'
import type { LetterFacts } from '../../mail/ports.ts'

const megabyte = 1024 * 1024
const file = (name: string, megabytes: number): WireFile => ({
  id: name,
  name,
  type: 'application/zip',
  bytes: megabytes * megabyte,
  path: `/api/uploads/${name}`,
  image: false,
})
const sends = (one: WireFile, seq: number): WireMessage => ({
  seq,
  eventId: 'e',
  at: '2026-11-26T10:00:00.000Z',
  author: { kind: 'operator', id: 'o', name: 'Дана Оспан' },
  audience: 'everyone',
  content: { kind: 'file', file: one },
})
const factsOf = (files: readonly WireFile[]): LetterFacts => ({
  messages: files.map(sends),
  language: 'ru',
  desk: { name: 'Служба', assistant: 'Помощник', portalUrl: 'https://edoc.kz', complaints: 'a@b.kz' },
  ticketNumber: 1,
  subject: '',
  answerable: true,
  helpPageOf: () => undefined,
})

/** Files that are there, and which of them have been opened. */
function shelf(...gone: readonly string[]) {
  const opened: { name: string; type: string; bytes: Readable }[] = []
  return {
    opened,
    async open(id: string) {
      if (gone.includes(id)) return undefined
      const one = { name: id, type: 'application/zip', bytes: Readable.from([Buffer.from(id)]) }
      opened.push(one)
      return one
    },
  }
}

describe('the files of a letter', () => {
  it('come along, in order', async () => {
    const letter = await compose(factsOf([file('a.zip', 1), file('b.zip', 2)]), shelf().open)
    expect(letter.attachments.map(({ name }) => name)).toEqual(['a.zip', 'b.zip'])
    expect(letter.text).toContain('К письму приложен файл: a.zip\n\nК письму приложен файл: b.zip')
  })

  it('one that is gone does not keep the letter back: it is told of', async () => {
    const letter = await compose(factsOf([file('a.zip', 1), file('b.zip', 2)]), shelf('a.zip').open)
    expect(letter.attachments.map(({ name }) => name)).toEqual(['b.zip'])
    expect(letter.text).toMatch(/Файл «a\.zip» приложить не удалось/)
    expect(letter.html).toMatch(/Файл «a\.zip» приложить не удалось/)
  })

  it('that make the letter larger than mail servers take are left out and told of; a smaller one still comes', async () => {
    const { open, opened } = shelf()
    const letter = await compose(factsOf([file('a.zip', 10), file('b.zip', 9), file('c.zip', 5)]), open)
    expect(letter.attachments.map(({ name }) => name)).toEqual(['a.zip', 'c.zip'])
    expect(opened.map(({ name }) => name)).toEqual(['a.zip', 'c.zip'])
    expect(letter.text).toContain('Файл «b.zip» не поместился в письмо.')
  })

  it('that cannot be read now fail the letter, which is tried again, and none stays open', async () => {
    const { open, opened } = shelf()
    const failing = (id: string) => (id === 'b.zip' ? Promise.reject(new Error('EIO')) : open(id))
    await expect(compose(factsOf([file('a.zip', 1), file('b.zip', 2)]), failing)).rejects.toThrow('EIO')
    expect(opened.map(({ bytes }) => bytes.destroyed)).toEqual([true])
  })
})
