import type { Browser, BrowserContextOptions, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../engine/language.ts'
import { launchChromium } from '../support/chromium.ts'
import { signIn as signInAs } from '../support/consoleClient.ts'
import { someone } from '../support/conversation.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { type Desk, hire, signIn } from '../support/e2eOperator.ts'
import { administrator, type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'
import { keepContract, vip } from '../support/keepContract.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

/*
 * Requests that came by telephone or as an official letter, put down in the console: edoc regulation, §4, §8 and the SLA
 * section. It is Monday, 10:00 in Almaty.
 */

const saule = { email: 'saule@example.kz', name: 'Сәуле Ермекова', password: 'a long enough phrase' }
const sizes = [
  ['a desktop', { viewport: { width: 1280, height: 800 } }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] as const satisfies readonly (readonly [string, BrowserContextOptions])[]

let server: ServerUnderTest
let smtp: TestSmtp
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  smtp = await startSmtp()
  ;[server, browser] = await Promise.all([
    startServer({ env: { SMTP_URL: smtp.url, SMTP_FROM: 'help@desk.test' } }),
    launchChromium(),
  ])
  await hire(server.url, saule)
  const cookie = await signInAs(server.url, administrator)
  await keepContract(server.url, cookie, 'edoc', { bin: someone.bin, ...vip })
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await smtp?.stop()
})

const labels = {
  kk: { bin: 'БСН', iin: 'ЖСН', description: 'Не болды', contact: 'Телефон немесе электрондық пошта' },
  ru: { bin: 'БИН', iin: 'ИИН', description: 'Что случилось', contact: 'Телефон или электронная почта' },
} as const

async function atWork(language: Language, size: BrowserContextOptions): Promise<Desk> {
  const person = await personIn(browser, language, size)
  people.push(person)
  return signIn(person.page, server.url, language, saule)
}

/** The window, opened by its button. */
async function opens({ page, queue, words }: Desk): Promise<Locator> {
  await queue.getByRole('button', { name: words('hand.new') }).click()
  const dialog = page.getByRole('dialog', { name: words('hand.new') })
  await dialog.getByRole('textbox').first().waitFor()
  return dialog
}
const saves = (dialog: Locator, { words }: Desk) =>
  dialog.getByRole('button', { name: words('hand.save'), exact: true }).click()

describe.each(bothLanguages)('a request put down in the console, in %s', (language) => {
  const words = wordsOf[language].console
  const label = labels[language]

  test.each(sizes)(
    'a client of VIP calls, it is urgent: one working hour is promised (edoc regulation, §8) [on %s]',
    async (_, size) => {
      const desk = await atWork(language, size)
      const dialog = await opens(desk)
      await dialog.getByLabel(label.bin).fill(someone.bin)
      await dialog.getByLabel(label.description).fill('Қайта қоңырау шалыңыз / Перезвоните')
      await dialog.getByRole('radio', { name: words('priority.urgent') }).check()
      await saves(dialog, desk)
      const { page } = desk
      await page.getByRole('main').getByText(/№ \d+/).first().waitFor()
      await page.getByText(words('composer.unseen')).waitFor()
      const head = page.locator('.thread-head')
      await head.getByText(words('channel.phone')).waitFor({ state: 'attached' })
      await head.getByText(words('level.vip')).waitFor()
      await head.getByText(words('priority.urgent')).waitFor()
      if (size.viewport.width < 1000) await page.getByRole('button', { name: words('about.toggle') }).click()
      const about = desk.about.getByRole('region', { name: words('about.ticket') })
      await about.getByText(/11:0\d/).waitFor()
      await desk.about.getByText('ТОО «Ромашка»').waitFor()
    },
  )

  test.each(sizes)(
    'an official letter of VIP: two working days to close it (edoc regulation, SLA section) [on %s]',
    async (_, size) => {
      const desk = await atWork(language, size)
      const { page } = desk
      const dialog = await opens(desk)
      await dialog.getByRole('radio', { name: words('channel.letter') }).check()
      await dialog.getByLabel(label.bin).fill(someone.bin)
      await dialog.getByLabel(label.description).fill('Хат № 15 / Письмо № 15')
      await dialog.getByLabel(words('hand.answersTo')).fill('kense@mail.kz')
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: pdf })
      await dialog.getByText('scan.pdf').waitFor()
      await saves(dialog, desk)
      await page.getByText(words(`composer.mailed.${language}`, { address: 'k•••@mail.kz' })).waitFor()
      await page.locator('.thread-head').getByText(words('channel.letter')).waitFor({ state: 'attached' })
      if (size.viewport.width < 1000) await page.getByRole('button', { name: words('about.toggle') }).click()
      await desk.about.getByText('scan.pdf').waitFor()
      const about = desk.about.getByRole('region', { name: words('about.ticket') })
      await about.getByText(new RegExp(`${words('weekday.wed')} 10:0\\d`)).waitFor()
    },
  )

  test.each([320, 390, 1100, 1280])(
    'has its button beside the one that takes the next, %d wide',
    async (width) => {
      const visitor = await registerFromAfar(server.url, { language, name: 'Ким Тимур' })
      const desk = await atWork(language, { viewport: { width, height: 800 } })
      await desk.row(visitor.number).waitFor()
      const take = desk.queue.getByRole('button', { name: words('action.takeNext') })
      const put = desk.queue.getByRole('button', { name: words('hand.new') })
      const [pane, first, second] = await Promise.all(
        [desk.queue, take, put].map((each) => each.boundingBox()),
      )
      if (!pane || !first || !second) throw new Error('a button has no place')
      expect(first.x + first.width).toBeLessThanOrEqual(second.x)
      expect(second.x + second.width).toBeLessThanOrEqual(pane.x + pane.width)
      expect(await put.evaluate((button) => button.scrollWidth - button.clientWidth)).toBe(0)
      visitor.leave()
    },
  )

  test('leaves the composer its button on the narrowest phone', async () => {
    const desk = await atWork(language, {
      viewport: { width: 320, height: 640 },
      isMobile: true,
      hasTouch: true,
    })
    const { page } = desk
    const dialog = await opens(desk)
    await dialog.getByLabel(label.description).fill('Мұрағат / Архив')
    await saves(dialog, desk)
    const hint = page.getByText(words('composer.unseen'))
    await hint.waitFor()
    for (const each of [hint, page.getByRole('button', { name: words('note.save') })]) {
      const box = await each.boundingBox()
      expect(box && box.x + box.width).toBeLessThanOrEqual(320)
    }
    expect(await hint.evaluate((line) => line.scrollWidth - line.clientWidth)).toBe(0)
  })

  test('what is wrong is said by field; what was typed outlives a closed window and a reload', async () => {
    const desk = await atWork(language, sizes[0][1])
    const { page } = desk
    people.at(-1)?.tolerate(/400 \(Bad Request\)/)
    const dialog = await opens(desk)
    await dialog.getByLabel(label.iin).fill('123')
    await saves(dialog, desk)
    await dialog.getByText(wordsOf[language].assistant('field.required')).waitFor()
    expect(await dialog.getByLabel(label.iin).getAttribute('aria-invalid')).toBe('true')
    await dialog.getByLabel(label.description).fill('Мұрағат / Архив')
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: pdf })
    await dialog.getByRole('button', { name: words('file.removeNamed', { name: 'scan.pdf' }) }).waitFor()
    await until('the file is there', async () => (await dialog.getByRole('progressbar').count()) === 0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.reload()
    await desk.queue.getByRole('button', { name: words('hand.new') }).waitFor()
    // the key does what the button does
    await page.keyboard.press('c')
    await dialog.getByText(words('hand.kept')).waitFor()
    expect(await dialog.getByLabel(label.description).inputValue()).toBe('Мұрағат / Архив')
    await dialog.getByLabel(label.iin).fill(someone.iin)
    await saves(dialog, desk)
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(words('composer.unseen')).waitFor()
    await desk.about.getByText('scan.pdf').waitFor()
    await desk.actions.getByRole('button', { name: words('act.askedForInformation') }).click()
    await page.getByRole('dialog').getByText(words('act.unseen')).waitFor()
  })

  test('what is wrong comes into sight, above what ends the window [on a phone]', async () => {
    const desk = await atWork(language, sizes[1][1])
    people.at(-1)?.tolerate(/400 \(Bad Request\)/)
    const dialog = await opens(desk)
    await dialog.getByLabel(label.description).fill('Мұрағат / Архив')
    const contact = dialog.getByLabel(label.contact)
    await contact.fill('123')
    await dialog.getByRole('radio', { name: words('channel.letter') }).check()
    await saves(dialog, desk)
    await dialog.getByText(wordsOf[language].assistant('field.contact')).waitFor()
    await until('it is to be seen whole', () =>
      contact.evaluate((field) => {
        const { left, top, bottom } = field.getBoundingClientRect()
        const at = (y: number) => field.contains(document.elementFromPoint(left + 10, y))
        return at(top + 3) && at(bottom - 3)
      }),
    )
  })

  test('pressed twice while the line is down, it is one request once the line is back', async () => {
    const desk = await atWork(language, sizes[0][1])
    const { page } = desk
    people.at(-1)?.tolerate(/Failed to load resource/)
    const dialog = await opens(desk)
    const text = `Қайталау ${language}`
    await dialog.getByLabel(label.description).fill(text)
    let lost = 0
    // the request arrives, its acknowledgement does not
    await page.route('**/api/console/requests', async (route) => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await saves(dialog, desk)
    await dialog.getByText(words('error.network')).waitFor()
    await saves(dialog, desk)
    await dialog.waitFor({ state: 'hidden' })
    await desk.queue.getByRole('button', { name: new RegExp(words('view.mine')) }).click()
    await until('there is one of them', async () => (await desk.queue.getByText(text).count()) === 1)
  })
})

const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)
