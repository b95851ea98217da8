import { describe, expect, it } from 'vitest'
import { readMail } from '../../mail/readMail.ts'
import {
  deliveryStatus,
  encoded,
  gmail,
  headOf,
  html,
  iPhone,
  iso,
  kazakh,
  koi8,
  letter,
  multipart,
  outlook,
  part,
  plain,
  quotedPrintable,
  withFiles,
} from '../support/letters.ts'

async function read(raw: Uint8Array, cut = false) {
  const found = await readMail(raw, cut)
  if ('unreadable' in found) throw new Error(found.unreadable)
  return found
}

describe('a letter is read as its sender saw it', () => {
  it('Outlook: HTML only, windows-1251', async () => {
    const { from, subject, text } = await read(outlook())
    expect(from).toEqual([{ name: 'Сергей Ким', address: 's.kim@firma.kz' }])
    expect(subject).toBe('RE: [№ 1234] Ошибка при подписании')
    expect(text).toMatch(/^Добрый день!\n\nОшибка осталась, код 500\.\nЧто делать дальше\?\n/)
    expect(text).not.toContain('MsoNormal')
  })

  it('koi8-r and iso-8859-5', async () => {
    expect(await read(koi8())).toMatchObject({
      subject: 'Прошу доступ',
      text: expect.stringContaining('Прошу открыть доступ к журналу входящих.'),
    })
    expect((await read(iso())).text.trim()).toBe('Прошу открыть доступ.')
  })

  it('Kazakh letters, in a subject of several encoded words too', async () => {
    const { from, subject, text } = await read(kazakh())
    expect(from[0]?.name).toBe('Әсем Қуанышқызы')
    expect(subject).toBe('Құжатқа қол қойылмай тұр: өтініш')
    expect(text).toContain('ЭЦҚ-мен қол қою кезінде қате шығады: «Үзіліс». Көмектесіңізші.')
  })

  it('plain text is preferred to HTML, unless it is empty', async () => {
    expect((await read(gmail())).text).toMatch(/^Спасибо, теперь открывается\./)
    const raw = letter(headOf('a@b.kz'), multipart('alternative', 'x', [plain(' \r\n'), html('<p>Сөз</p>')]))
    expect((await read(raw)).text).toBe('Сөз')
  })

  it('lines that were folded to be sent come back whole (RFC 3676)', async () => {
    const body = part(
      [
        'Content-Type: text/plain; charset=utf-8; format=flowed',
        'Content-Transfer-Encoding: quoted-printable',
      ],
      quotedPrintable(Buffer.from('Длинное предложение, \nкоторое сложено.\n-- \nИмя')),
    )
    expect((await read(letter(headOf('a@b.kz'), body))).text).toMatch(
      /^Длинное предложение, которое сложено\.\n-- \nИмя/,
    )
  })

  it('Cyrillic that nobody declared', async () => {
    const raw = (charset: 'windows-1251' | 'koi8-r') =>
      Buffer.concat([
        encoded('From: Иван <ivan@firma.kz>\r\nSubject: Прошу помочь\r\n', charset),
        Buffer.from(charset === 'koi8-r' ? 'Content-Type: text/plain; charset=koi8-r\r\n\r\n' : '\r\n'),
        encoded('Не входит.', charset),
      ])
    for (const charset of ['windows-1251', 'koi8-r'] as const)
      expect(await read(raw(charset))).toMatchObject({
        from: [{ name: 'Иван', address: 'ivan@firma.kz' }],
        subject: 'Прошу помочь',
        text: expect.stringContaining('Не входит.'),
      })
  })

  it('files with their names in Cyrillic, whichever way these are written (RFC 2231, RFC 2047)', async () => {
    const { parts, text } = await read(withFiles())
    expect(text.trim()).toBe('Смотрите снимок и акт.')
    expect(parts.map(({ name, type, inline }) => [name, type, inline])).toEqual([
      ['image001.png', 'image/png', true],
      ['image002.png', 'image/png', true],
      ['Акт сверки № 5.pdf', 'application/pdf', false],
      ['Қате журналы.txt', 'text/plain', false],
    ])
    expect(Buffer.from(parts[3]?.bytes ?? []).toString()).toBe('қате 500')
  })

  it('all to whom it was sent and delivered', async () => {
    const raw = letter(
      ['From: a@b.kz', 'To: One <One@desk.kz>, "Two, the second" <two@desk.kz>', 'Cc: Group: three@desk.kz;'],
      plain('x'),
      ['Delivered-To: four@desk.kz', 'X-Original-To: five@desk.kz', 'Envelope-To: six@desk.kz'],
    )
    expect((await read(raw)).recipients).toEqual(
      ['One', 'two', 'three', 'four', 'five', 'six'].map((name) => `${name}@desk.kz`),
    )
  })

  it('a notice of delivery is a part of its own, the letter it is about is not taken for its words', async () => {
    const { parts, text } = await read(deliveryStatus())
    expect(parts.map(({ type }) => type)).toEqual(['message/delivery-status', 'message/rfc822'])
    expect(text).not.toContain('Your request')
  })

  it('the same bytes have the same fingerprint, others another', async () => {
    const [one, again, other] = await Promise.all([read(koi8()), read(koi8()), read(iPhone())])
    expect(one.fingerprint).toBe(again.fingerprint)
    expect(one.fingerprint).not.toBe(other.fingerprint)
  })
})

describe('a letter that was cut off', () => {
  it('keeps its words; the file it was cut off in is marked', async () => {
    const raw = withFiles(Buffer.alloc(200_000, 7))
    const { text, parts, cut } = await read(raw.subarray(0, 100_000), true)
    expect(cut).toBe(true)
    expect(text.trim()).toBe('Смотрите снимок и акт.')
    expect(parts.map(({ name, cut }) => [name, cut === true])).toEqual([
      ['image001.png', false],
      ['image002.png', false],
      ['Акт сверки № 5.pdf', true],
    ])
  })
})

describe('hostile bytes are read in no time, or found unreadable', () => {
  const tricks: Record<string, () => Buffer> = {
    nothing: () => Buffer.alloc(0),
    'zeros only': () => Buffer.alloc(1_000_000),
    'every byte there is': () => Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256)),
    'parts in parts, ten thousand deep': () =>
      letter(
        headOf('deep@b.kz'),
        `Content-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\n${plain('Слова')}\r\n${Array.from(
          { length: 10_000 },
          (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`,
        ).join('')}`,
      ),
    'letters in letters': () =>
      letter(headOf('deep@b.kz'), `${'Content-Type: message/rfc822\r\n\r\n'.repeat(2_000)}\r\nСлова`),
    'a head of ten megabytes': () =>
      letter([`X-Filler: ${'x'.repeat(10_000_000)}`, ...headOf('head@b.kz')], plain('Слова')),
    'a million heads': () =>
      letter([...headOf('heads@b.kz'), ...Array(500_000).fill('X: y')], plain('Слова')),
    'ten thousand recipients': () =>
      letter(
        headOf('many@b.kz', { to: Array.from({ length: 10_000 }, (_, i) => `p${i}@firma.kz`).join(', ') }),
        plain('Слова'),
      ),
    'a subject of a hundred thousand encoded words': () =>
      letter([...headOf('subject@b.kz'), `Subject: ${'=?utf-8?B?0JA=?= '.repeat(100_000)}`], plain('Слова')),
    'a charset that nobody knows': () =>
      letter(headOf('charset@b.kz'), part(['Content-Type: text/plain; charset=x-no-such'], 'Words, Слова')),
    'an address that never ends': () => letter([`From: ${'<'.repeat(200_000)}a@b.kz`], plain('Слова')),
    'comments in an address': () => letter([`From: ${'('.repeat(200_000)} a@b.kz`], plain('Слова')),
    'ten thousand parts': () =>
      letter(headOf('parts@b.kz'), multipart('mixed', 'x', Array(10_000).fill(plain('Слова')))),
    'HTML tags in tags': () => letter(headOf('html@b.kz'), html(`${'<div>'.repeat(50_000)}Слова`)),
    'HTML of unfinished tags': () => letter(headOf('html@b.kz'), html(`Слова${'<'.repeat(500_000)}`)),
    'HTML of quotes in quotes': () =>
      letter(headOf('html@b.kz'), html(`Слова${'<blockquote>x<br>'.repeat(20_000)}`)),
    'HTML that ends what never began': () =>
      letter(headOf('html@b.kz'), html(`Слова${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}`)),
    'a link of a megabyte': () =>
      letter(headOf('html@b.kz'), html(`Слова<a href="http://${'x'.repeat(1_000_000)}">тут</a>`)),
    'one line of three megabytes': () =>
      letter(headOf('html@b.kz'), html(`Слова${'<b>a</b>'.repeat(200_000)}`)),
  }

  /** What is so deep that it is left a file. */
  const unread = ['letters in letters']

  it.each(Object.entries(tricks))('%s', async (trick, make) => {
    const raw = make()
    const began = performance.now()
    const found = await readMail(raw)
    expect(performance.now() - began).toBeLessThan(5_000)
    if ('unreadable' in found) expect(found.unreadable).not.toBe('')
    else if (raw.includes('From: Aigul')) {
      expect(found.from[0]?.address).toBe('aigul@firma.kz')
      if (!unread.includes(trick)) expect(found.text).toMatch(/Слова|Words/)
    }
  })
})
