import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { deliveryStatus, kazakh, outlook, shortLetter, withFiles } from '../support/letters.ts'
import { until } from '../support/until.ts'
import { fastWorld, memoryMail, receiveFrom } from './receiving.ts'

const installed = hasDovecot()
if (!installed)
  process.stderr.write(
    'Letters are NOT received from a real server here: there is no Dovecot. On Debian: apt-get install dovecot-imapd\n',
  )

describe.skipIf(!installed)('a real Dovecot', () => {
  let dovecot: Dovecot

  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot.stop())

  it('is read as the fake one is: first the unread letters, then what comes, marked, in order, whole or cut', async () => {
    const mail = memoryMail()
    dovecot.deliver(kazakh())
    dovecot.deliver(outlook())
    // The server may need a moment before it can be connected to.
    const receiver = receiveFrom(dovecot, mail, { world: fastWorld(10), maxBytes: 200_000 })
    await mail.has('kazakh@firma.kz', 'outlook@firma.kz')
    expect(mail.letters[0]?.text).toContain('ЭЦҚ-мен қол қою кезінде қате шығады')
    await until(() => dovecot.read().length === 2, 'two letters are marked as read')

    const began = performance.now()
    dovecot.deliver(shortLetter('new@x'))
    await mail.has('new@x')
    expect(performance.now() - began).toBeLessThan(2_000)

    dovecot.deliver(withFiles(Buffer.alloc(300_000, 7)))
    dovecot.deliver(deliveryStatus())
    await until(() => mail.bounces.length === 1, 'a notice of delivery')
    expect(mail.letters.at(-1)?.files.map(({ name, missing }) => [name, missing])).toEqual([
      ['image002.png', undefined],
      ['Акт сверки № 5.pdf', 'tooLarge'],
    ])
    await until(() => mail.position?.lastUid === 5, 'the place is remembered')

    const stopping = performance.now()
    await receiver.stop()
    expect(performance.now() - stopping).toBeLessThan(1_000)

    dovecot.deliver(shortLetter('later@x'))
    const again = receiveFrom(dovecot, mail)
    await mail.has('later@x')
    expect(mail.ids()).toEqual(['kazakh@firma.kz', 'outlook@firma.kz', 'new@x', 'files@firma.kz', 'later@x'])
    expect(mail.tries).toHaveLength(5)
    await again.stop()
  })
})
