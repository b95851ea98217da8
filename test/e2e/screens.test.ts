import type { Browser, Frame, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { kazakhDative } from '../../engine/conversation/dueText.ts'
import { launchChromium } from '../support/chromium.ts'
import { someone } from '../support/conversation.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { chatIn, fillEverything, labels, openChat, ticketNumber } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

/** A Friday, 18:05 in Almaty: five minutes after the desk has closed for the weekend. */
const fridayEvening = '2026-11-20T13:05:00.000Z'
const phone = { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true }

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ startAt: fridayEvening }), launchChromium()])
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

/** What sticks out of a frame to the right, by how it begins. */
const wider = (frame: Frame) =>
  frame.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.outerHTML.slice(0, 120))
  })

async function expectToFit(page: Page, screen: string) {
  for (const frame of page.frames())
    expect({ screen, wider: await wider(frame) }).toEqual({ screen, wider: [] })
}

/** Nothing of it is off the screen. */
async function expectInside(page: Page, element: Locator) {
  const box = await element.boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
}

describe.each(bothLanguages)('Out of hours, in %s', (language) => {
  const { assistant, widget, console: ours } = wordsOf[language]

  test('the visitor is told the real moment of the answer, and the operator sees the same', async () => {
    const visitor = await join(language)
    const chat = await openChat(visitor.page, server.url, language)
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await fillEverything(chat, language, 'Құжат ашылмайды')
    const number = await ticketNumber(chat, language)
    const card = chat.log.getByRole('region', { name: widget('ticket') }).last()
    await card.getByText(assistant('due.weekday.1', { time: '09:15', suffix: kazakhDative(15) })).waitFor()

    const operator = await join(language)
    const desk = await signIn(operator.page, server.url, language)
    await desk.row(number).getByText('09:15').waitFor()
    expect(await desk.row(number).innerText()).not.toContain(ours('time.overdue', { time: '' }).trim())
  })

  test('what was typed into a form survives a change of language in its middle', async () => {
    const visitor = await join(language)
    const other = language === 'kk' ? 'ru' : 'kk'
    const chat = await openChat(visitor.page, server.url, language)
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await chat.field(labels[language].iin).fill(someone.iin)
    await chat.field(labels[language].fullName).fill(someone.fullName)
    await chat.frame.getByRole('button', { name: other === 'kk' ? 'ҚАЗ' : 'РУС' }).click()

    const switched = chatIn(visitor.page, other)
    await switched.field(labels[other].iin).waitFor()
    expect(await switched.field(labels[other].iin).inputValue()).toBe(someone.iin)
    expect(await switched.field(labels[other].fullName).inputValue()).toBe(someone.fullName)
    await switched.field(labels[other].contact).fill(someone.contact)
    await switched.press(wordsOf[other].assistant('form.submit'))
    await switched.log.getByRole('radio', { name: labels[other].defect }).waitFor()
    expect(await chat.frame.locator('html').getAttribute('lang')).toBe(other)
  })

  test('everything fits a screen of 320 pixels without scrolling sideways', async () => {
    const { page } = await join(language, phone)
    await page.goto(`${server.url}/?lang=${language}`)
    await expectToFit(page, 'portal')
    const chat = chatIn(page, language)
    await chat.button.tap()
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    await expectToFit(page, 'greeting')
    const frame = await page.locator('iframe').boundingBox()
    expect(frame).toMatchObject({ x: 0, width: 320 })
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await chat.press(assistant('form.submit'))
    await chat.sees(widget('checkFields'))
    await expectToFit(page, 'form')
    await fillEverything(chat, language, 'https://edoc.kz/'.padEnd(200, 'ұзын'))
    await ticketNumber(chat, language)
    await expectToFit(page, 'ticket')
  })

  test('the console fits it too: signing in, the queue, a conversation and what is known of it', async () => {
    const afar = await registerFromAfar(server.url, { language, description: 'ұзын'.repeat(60) })
    const { page } = await join(language, phone)
    await page.goto(`${server.url}/console`)
    await page.getByRole('button', { name: ours('entry.signIn') }).waitFor()
    await expectToFit(page, 'sign-in')
    const desk = await signIn(page, server.url, language)
    await expectToFit(page, 'queue')
    await desk.row(afar.number).tap()
    await desk.actions.getByRole('button', { name: ours('act.took') }).tap()
    await desk.actions.getByRole('button', { name: ours('act.resolved') }).waitFor()
    await desk.actions.getByRole('button', { name: ours('act.more') }).tap()
    await page.getByRole('menu').waitFor()
    await expectInside(page, page.getByRole('menu'))
    await page.keyboard.press('Escape')
    await desk.answer('ұзын'.repeat(60))
    await desk.history.getByText('ұзын'.repeat(60), { exact: true }).last().waitFor()
    await expectToFit(page, 'conversation')
    await desk.actions.getByRole('button', { name: ours('about.toggle') }).tap()
    await desk.about.waitFor()
    await expectToFit(page, 'about')
    await page.goto(`${server.url}/console#/team`)
    await page.getByText('admin@example.kz').waitFor()
    await expectToFit(page, 'team')
    afar.leave()
  })

  test('every section and one’s own settings are within reach at any width, and of a finger', async () => {
    const { page } = await join(language, { ...phone, viewport: { width: 360, height: 740 } })
    await signIn(page, server.url, language)
    const header = page.locator('.topbar')
    const small = await header.locator('a, button').evaluateAll((all) =>
      all
        .filter((one) => one.getClientRects().length > 0)
        .map((one) => ({
          name: one.textContent || one.getAttribute('aria-label'),
          box: one.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.height < 39 || box.width < 39),
    )
    expect(small).toEqual([])
    const sections = page.getByRole('navigation', { name: ours('nav.label') })
    for (const width of [320, 768, 1024, 1280, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      await expectInside(page, header.getByRole('button', { name: ours('action.signOut') }))
      for (const section of [
        'queue',
        'due',
        'articles',
        'calendar',
        'report',
        'escalation',
        'team',
      ] as const) {
        const link = sections.getByRole('link', { name: ours(`nav.${section}`), exact: true })
        await link.click()
        await expect.poll(() => link.getAttribute('aria-current')).toBe('page')
        await expectInside(page, link)
      }
    }
    await sections.getByRole('link', { name: ours('nav.escalation'), exact: true }).click()
    await page.getByRole('heading', { name: ours('escalation.title') }).waitFor()
  })
})

describe('On paper', () => {
  test('the report is whole, in dark letters also for who works in the dark', async () => {
    const { page } = await join('ru', { colorScheme: 'dark' })
    await signIn(page, server.url, 'ru')
    await page.goto(`${server.url}/console#/report`)
    const { console: words } = wordsOf.ru
    await page.getByRole('heading', { name: words('report.byHour') }).waitFor()
    const main = page.getByRole('main')
    const cutOff = () => main.evaluate((element) => element.scrollHeight > element.clientHeight)
    expect(await cutOff()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await cutOff()).toBe(false)
    expect(await page.locator('.topbar').isVisible()).toBe(false)
    expect(await main.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(20, 37, 43)')
    await page.getByRole('columnheader', { name: words('report.tickets') }).waitFor()
  })
})

describe('Kazakh letters', () => {
  test('are drawn each in its own shape by the fonts of the chat and the console', async () => {
    const { page } = await join('kk')
    for (const path of ['/widget/?lang=kk', '/console']) {
      await page.goto(server.url + path)
      await until('the words are there', async () => (await page.locator('body').innerText()).length > 20)
      const shapes = await page.evaluate(() => {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = 64
        const brush = canvas.getContext('2d', { willReadFrequently: true })
        if (!brush) return []
        brush.font = `48px ${getComputedStyle(document.body).fontFamily}`
        return [...'ӘәІіҢңҒғҮүҰұҚқӨөҺһ', '\u{10fffe}'].map((letter) => {
          brush.clearRect(0, 0, 64, 64)
          brush.fillText(letter, 4, 48)
          return brush.getImageData(0, 0, 64, 64).data.join()
        })
      })
      expect(new Set(shapes).size).toBe(19)
    }
  })
})
