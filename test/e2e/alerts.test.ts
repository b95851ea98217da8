import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { expectOpenToAll } from '../support/e2eAccess.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

/*
 * Breaches reach a desk's supervisors at their consoles, and, as they set it there, by e-mail and Telegram.
 */

const senior = { email: 'senior@example.kz', name: 'Сәуле Ермекова', password: 'a long enough phrase' }
const operator = { email: 'operator@example.kz', name: 'Данияр Омаров', password: 'another long phrase' }

let server: ServerUnderTest
let browser: Browser
let smtp: TestSmtp
let telegram: FakeBotApi
const people: Person[] = []

beforeAll(async () => {
  ;[browser, smtp, telegram] = await Promise.all([launchChromium(), startSmtp(), startFakeBotApi()])
})
afterEach(async () => {
  await leave(people)
  await server?.stop()
})
afterAll(async () => {
  await browser?.close()
  await smtp?.stop()
  await telegram?.stop()
})

/** Notifications as the browser would show them, and sounds as it would play them. */
function recorded() {
  const told: string[] = []
  let notes = 0
  class Shown {
    static permission = 'default'
    static async requestPermission() {
      Shown.permission = 'granted'
      return 'granted'
    }
    onclick: (() => void) | undefined
    constructor(title: string) {
      told.push(title)
      Object.assign(window, { lastShown: this })
    }
    close() {}
  }
  class Speaker {
    currentTime = 0
    destination = {}
    async resume() {}
    createGain() {
      const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} }
      return { gain, connect: () => undefined }
    }
    createOscillator() {
      notes++
      const node = { connect: () => undefined }
      return { frequency: { value: 0 }, connect: () => node, start() {}, stop() {} }
    }
  }
  Object.assign(window, { Notification: Shown, AudioContext: Speaker, told, notes: () => notes })
  document.hasFocus = () => false
}
type Recorded = { told: string[]; notes: () => number; lastShown: { onclick?: () => void } }

describe.each(bothLanguages)('A promise that is broken, in %s', (language) => {
  const { console: ours } = wordsOf[language]

  test('rings, notifies and stands in the list of the supervisor; a click leads to the conversation', async () => {
    server = await startServer()
    await hire(server.url, senior, 'supervisor')
    await hire(server.url, operator)
    const [boss, other] = [await personIn(browser, language), await personIn(browser, language)]
    people.push(boss, other)
    for (const person of [boss, other]) {
      person.tolerate(/WebSocket connection to|ERR_CONNECTION_REFUSED|502|Failed to fetch/)
      await person.context.addInitScript(recorded)
    }
    const request = await registerFromAfar(server.url, { language, name: 'Серікова Айна' })
    request.leave()
    const desk = await signIn(boss.page, server.url, language, senior)
    await desk.row(request.number).waitFor()
    await signIn(other.page, server.url, language, operator)

    // nothing has happened; notifications are offered where alerts are looked at, not before
    expect(await boss.page.getByText(ours('notifications.about')).count()).toBe(0)
    const bell = boss.page.getByRole('button', { name: ours('alerts.title'), exact: true })
    await bell.click()
    const panel = boss.page.getByRole('dialog', { name: ours('alerts.title') })
    await panel.getByText(ours('alerts.none')).waitFor()
    await panel.getByRole('button', { name: ours('notifications.allow') }).click()
    await panel.getByText(ours('notifications.about')).waitFor({ state: 'detached' })
    await boss.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })

    await server.kill()
    await server.startAgain({ minutesLater: 16 })
    const text = ours('alert.breach.firstResponse', {
      title: ours('row.titled', { number: request.number, name: 'Серікова Айна' }),
    })
    await until('the notification is shown', () =>
      boss.page.evaluate((wanted) => (window as unknown as Recorded).told.includes(wanted), text),
    )
    expect(await boss.page.evaluate(() => (window as unknown as Recorded).notes())).toBeGreaterThan(0)

    // the list: three alerts, the newest first, and their number on the bell
    await boss.page.getByRole('button', { name: ours('alerts.unread', { count: 3 }) }).click()
    const lines = panel.getByRole('listitem')
    await until('three alerts', async () => (await lines.count()) === 3)
    expect(await panel.innerText()).toContain(text)
    expect(await panel.innerText()).toContain(
      ours('alert.warning.firstResponse', {
        title: ours('row.titled', { number: request.number, name: 'Серікова Айна' }),
      }),
    )
    await expectOpenToAll(boss.page, 'alerts')
    await panel
      .getByRole('button', { name: new RegExp(`№ ${request.number}`) })
      .first()
      .click()
    await boss.page.waitForURL(/#\/conversation\//)
    await panel.waitFor({ state: 'detached' })
    await bell.waitFor()

    // it stays seen for the next time; the operator, whose conversation it is not, was told nothing
    await boss.page.reload()
    await desk.queue.getByRole('searchbox').waitFor()
    await bell.waitFor()
    expect(await other.page.getByRole('button', { name: ours('alerts.title'), exact: true }).count()).toBe(1)
    expect(
      await other.page.evaluate(
        () => (window as unknown as Recorded).told.filter((one) => /№/.test(one)).length,
      ),
    ).toBe(0)
  })

  test('is told where the supervisor sets it: an address, and a Telegram group by its code', async () => {
    server = await startServer({
      env: {
        SMTP_URL: smtp.url,
        SMTP_FROM: 'help@desk.test',
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
      },
    })
    await hire(server.url, senior, 'supervisor')
    const boss = await personIn(browser, language, { viewport: { width: 390, height: 780 } })
    people.push(boss)
    boss.tolerate(/400 \(Bad Request\)/)
    await signIn(boss.page, server.url, language, senior)
    const { page } = boss
    await page.getByRole('button', { name: ours('alerts.title'), exact: true }).click()
    await page.getByRole('link', { name: ours('alerts.settings') }).click()
    await page.getByRole('heading', { name: ours('escalation.title') }).waitFor()

    // a wrong address is told beside the field, then hers is added and saved
    const addresses = page.getByLabel(ours('escalation.emails'))
    await addresses.fill('saule@')
    const save = page.getByRole('button', { name: ours('action.save') })
    await save.click()
    await page.getByRole('alert').getByText('saule@').waitFor()
    await addresses.fill('')
    await page.getByRole('button', { name: ours('escalation.addMine') }).click()
    await page.getByLabel(ours('escalation.warning'), { exact: true }).check()
    await save.click()
    await page.getByText(ours('escalation.saved')).waitFor()

    // a group in which the shown command is written is connected, and the screen says so by itself
    await page.getByRole('button', { name: ours('escalation.connect'), exact: true }).click()
    const command = await page.locator('.escalation-command code').innerText()
    await expectOpenToAll(page, 'escalation')
    const group = telegram.group(language === 'kk' ? -100500 : -100600)
    group.addsBot({ language_code: language })
    group.someoneWrites(command)
    await page.getByText(ours('escalation.connected', { title: 'Топ' })).waitFor()

    await page.getByRole('button', { name: ours('escalation.try') }).click()
    await page.getByText(ours('escalation.tried', { count: 2 })).waitFor()
    const mail = await smtp.receives(senior.email)
    expect(mail.text).toContain(
      wordsOf.kk.assistant('trial.text', { desk: 'E-DOC техникалық қолдау қызметі' }),
    )
    const name = language === 'kk' ? 'E-DOC техникалық қолдау қызметі' : 'Техническая поддержка E-DOC'
    await telegram.until(
      () =>
        group
          .messages()
          .some(({ text }) => text === wordsOf[language].assistant('trial.text', { desk: name })),
      'the group is told',
    )
    await page.getByRole('button', { name: ours('escalation.disconnect') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: ours('escalation.disconnect') })
      .click()
    await page.getByText(ours('escalation.notConnected')).waitFor()
    await telegram.until(() => !group.botIsThere(), 'the bot leaves the group')
  })
})
