import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn } from '../support/e2eBrowser.ts'
import { signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { fillEverything, openChat, ticketNumber } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const sts = {
  kk: { name: 'МТҚ техникалық қолдау қызметі', assistant: 'МТҚ көмекшісі', missing: 'Санат' },
  ru: { name: 'Техническая поддержка ГТС', assistant: 'Помощник ГТС', missing: 'Категория' },
}

describe.each(bothLanguages)('A request of edoc that is for sts, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]

  test('both sides see the new desk at once, and the operator asks for what it needs', async () => {
    const [visitor, operator] = [await personIn(browser, language), await personIn(browser, language)]
    people.push(visitor, operator)
    const chat = await openChat(visitor.page, server.url, language)
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await fillEverything(chat, language, 'ЕШДИ')
    const number = await ticketNumber(chat, language)
    const desk = await signIn(operator.page, server.url, language)
    await desk.row(number).click()
    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await desk.actions.getByRole('button', { name: ours('act.resolved') }).waitFor()
    expect(await desk.about.getByRole('region', { name: ours('about.missing') }).count()).toBe(0)

    await desk.actions.getByRole('button', { name: ours('act.more') }).click()
    await desk.page.getByRole('menuitem', { name: ours('act.movedToDesk') }).click()
    const dialog = desk.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: sts[language].name }).check()
    await dialog.getByRole('button', { name: ours('move.confirm') }).click()
    await chat.frame.getByRole('heading', { name: sts[language].assistant }).waitFor()
    await desk.about.getByText(sts[language].name).waitFor()
    const missing = desk.about.getByRole('region', { name: ours('about.missing') })
    await missing.getByText(sts[language].missing, { exact: true }).waitFor()

    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await missing.getByRole('button', { name: ours('about.askMissing') }).click()
    const [lead = ''] = assistant('prepared.missing', { questions: '' }).split('\n')
    expect(await dialog.getByLabel(ours('ask.text')).inputValue()).toContain(lead)
    await dialog.getByRole('button', { name: ours('ask.send') }).click()
    await chat.sees(lead)
  })
})
