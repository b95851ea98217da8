import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kazakhDative } from '../../engine/conversation/dueText.ts'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn } from '../support/e2eBrowser.ts'
import { type Desk, hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

/*
 * product.md: the calendar is "each editable, without a restart". Monday 23 November 2026, 10:00 in Almaty; what comes
 * now is promised for 10:15.
 */

const saule = { name: 'Сәуле Ермекова', email: 'saule@example.kz', password: 'she edits the calendar' }
const phone = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
  await hire(server.url, saule, 'supervisor')
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function join(language: 'kk' | 'ru', options: Parameters<typeof personIn>[2] = {}): Promise<Person> {
  const person = await personIn(browser, language, options)
  people.push(person)
  return person
}

const dayIn = (page: Page, date: string) => page.locator(`[data-day="${date}"]`)

/** The queue's line of a request says that it is due at this time. */
const dueAt = (desk: Desk, number: number, time: string) =>
  desk.row(number).locator(`[title*="${time}"]`).waitFor()

describe.each(bothLanguages)('The calendar of a desk, in %s', (language) => {
  const { console: ours, assistant } = wordsOf[language]

  test('a supervisor adds a day off, sees what that moves, saves it, and takes it back', async () => {
    const afar = await registerFromAfar(server.url, { language })
    const { page } = await join(language)
    const desk = await signIn(page, server.url, language, saule)
    await dueAt(desk, afar.number, '10:15')

    await page
      .getByRole('navigation')
      .getByRole('link', { name: ours('nav.calendar') })
      .click()
    await dayIn(page, '2026-11-23').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: ours('calendar.kind.off'), exact: true }).check()
    await dialog.getByRole('button', { name: ours('calendar.look') }).click()
    await dialog.getByText(ours('calendar.fault.names')).first().waitFor()
    await dialog.getByLabel(ours('calendar.name.kk')).fill('Кеңсе көшеді')
    await dialog.getByLabel(ours('calendar.name.ru')).fill('Переезд офиса')
    await dialog.getByRole('button', { name: ours('calendar.look') }).click()
    await dialog.getByText(ours('preview.days', { count: 1 })).waitFor()
    const moved = dialog.getByRole('listitem').filter({ hasText: `№ ${afar.number}` })
    await moved.filter({ hasText: '10:15' }).getByText('09:15').waitFor()
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await page.getByText(ours('calendar.saved')).waitFor()
    const name = language === 'kk' ? 'Кеңсе көшеді' : 'Переезд офиса'
    await dayIn(page, '2026-11-23').filter({ hasText: name }).waitFor()

    await page
      .getByRole('navigation')
      .getByRole('link', { name: ours('nav.queue') })
      .click()
    await dueAt(desk, afar.number, '09:15')
    await desk.row(afar.number).click()
    const due = assistant('due.tomorrow', { time: '09:15', suffix: kazakhDative(15) })
    await desk.history
      .getByText(
        assistant('activity.replanned', {
          metric: assistant('metric.firstResponse'),
          due,
          because: assistant('because.calendar'),
        }),
      )
      .waitFor()

    await page
      .getByRole('navigation')
      .getByRole('link', { name: ours('nav.calendar') })
      .click()
    await page.getByText(saule.name).last().waitFor()
    await page
      .getByRole('button', { name: ours('calendar.undo') })
      .first()
      .click()
    await dialog.getByText(ours('preview.days', { count: 1 })).waitFor()
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await page.getByText(ours('calendar.act.undone')).first().waitFor()
    await page
      .getByRole('navigation')
      .getByRole('link', { name: ours('nav.queue') })
      .click()
    await dueAt(desk, afar.number, '10:15')
    afar.leave()
  })

  test('the keyboard goes from day to day and month to month, and opens one', async () => {
    const { page } = await join(language)
    await signIn(page, server.url, language, saule)
    await page.goto(`${server.url}/console#/calendar`)
    await dayIn(page, '2026-11-23').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-day'))
    await expect.poll(focused).toBe('2026-12-01')
    await page.keyboard.press('PageDown')
    await expect.poll(focused).toBe('2027-01-01')
    await dayIn(page, '2027-01-01')
      .getByText('Жаңа жыл')
      .or(dayIn(page, '2027-01-01').getByText('Новый год'))
      .waitFor()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: ours('calendar.kind.ordinary') })
      .waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('2027-01-01')
  })

  test('keys that come faster than the screen is drawn are all followed', async () => {
    const { page } = await join(language)
    await signIn(page, server.url, language, saule)
    await page.goto(`${server.url}/console#/calendar`)
    await dayIn(page, '2026-11-23').focus()
    await page.evaluate(async () => {
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        // time to draw what changed, but no frame of the screen
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      }
    })
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-day'))
    await expect.poll(focused).toBe('2026-12-02')
  })

  test('the hours of the week get a lunch from a day on', async () => {
    const { page } = await join(language)
    await signIn(page, server.url, language, saule)
    await page.goto(`${server.url}/console#/calendar`)
    await page.getByRole('button', { name: ours('calendar.week.change') }).click()
    const dialog = page.getByRole('dialog')
    // the other language's turn has changed one day of it already
    const weekday = language === 'kk' ? 2 : 3
    const hours = dialog.getByRole('group', { name: ours(`calendar.weekday.${weekday}`) })
    await hours.getByRole('button', { name: ours('calendar.shift.break') }).click()
    const start = hours.getByRole('textbox').nth(2)
    await start.fill('12:00')
    await dialog.getByRole('button', { name: ours('calendar.look') }).click()
    await hours.getByText(ours('calendar.fault.overlap')).waitFor()
    await start.fill('14')
    await dialog.getByLabel(ours('calendar.week.from')).fill(language === 'kk' ? '2027-02-01' : '2027-03-01')
    await dialog.getByRole('button', { name: ours('calendar.look') }).click()
    await dialog.getByText('09:00–13:00, 14:00–18:00').first().waitFor()
    await dialog.getByText(ours('preview.nothing')).waitFor()
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await page.getByText(ours('calendar.was.week')).first().waitFor()
  })

  test('fits a phone of 320 pixels, the month, the year and the windows', async () => {
    const { page } = await join(language, phone)
    await signIn(page, server.url, language, saule)
    await page.goto(`${server.url}/console#/calendar`)
    const wider = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await dayIn(page, '2026-11-23').waitFor()
    expect(await wider()).toBe(0)
    await page.getByRole('button', { name: ours('calendar.view.year'), exact: true }).tap()
    expect(await wider()).toBe(0)
    await dayIn(page, '2026-11-23').tap()
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: ours('calendar.kind.hours') })
      .check()
    expect(await wider()).toBe(0)
    const dialogWider = await page
      .getByRole('dialog')
      .evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(dialogWider).toBe(0)
  })
})

test('an operator has no calendar to edit', async () => {
  const { page } = await join('ru')
  const operator = { name: 'Айгерім', email: 'aigerim@example.kz', password: 'she answers all day' }
  await hire(server.url, operator)
  await signIn(page, server.url, 'ru', operator)
  await page.goto(`${server.url}/console#/calendar`)
  await page.getByText(wordsOf.ru.console('calendar.forbidden')).waitFor()
})
