import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { someone } from '../support/conversation.ts'
import { expectOpenToAll } from '../support/e2eAccess.ts'
import { leave, type Person, personIn } from '../support/e2eBrowser.ts'
import { hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { chatIn, fillEverything, labels, openChat, ticketNumber } from '../support/e2eVisitor.ts'
import { wordsOf } from '../support/e2eWords.ts'

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

async function join(options: Parameters<typeof personIn>[2], language: 'kk' | 'ru' = 'kk'): Promise<Person> {
  const person = await personIn(browser, language, options)
  people.push(person)
  return person
}

describe.each(['light', 'dark'] as const)('In %s colours nobody is kept out', (colorScheme) => {
  test('of the portal page and the chat: greeting, forms, summary, ticket, conversation', async () => {
    const { page } = await join({ colorScheme })
    const { assistant, widget } = wordsOf.kk
    const chat = await openChat(page, server.url, 'kk')
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    await expectOpenToAll(page, 'greeting')
    await chat.write('Тарифтер қандай?')
    await chat.sees(assistant('asking.didItHelp'))
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await chat.press(assistant('form.submit'))
    await chat.sees(widget('checkFields'))
    await expectOpenToAll(page, 'form with faults')
    await fillEverything(chat, 'kk', 'Құжат ашылмайды')
    const number = await ticketNumber(chat, 'kk')
    await expectOpenToAll(page, 'ticket')

    const operator = await join({ colorScheme })
    const desk = await signIn(operator.page, server.url, 'kk')
    await desk.row(number).click()
    await desk.actions.getByRole('button', { name: desk.words('act.took') }).click()
    await desk.answer('Сәлеметсіз бе!')
    await chat.sees('Сәлеметсіз бе!')
    await expectOpenToAll(page, 'live')
    await desk.resolve()
    await chat.sees(assistant('resolved.ask', { number }))
    await chat.log.getByRole('radio').nth(3).check()
    await expectOpenToAll(page, 'rating')
    await chat.frame.getByRole('button', { name: widget('menu') }).click()
    await expectOpenToAll(page, 'menu')
  })

  test('of the console: signing in, the queue, a conversation, its dialogs, the team', async () => {
    const afar = await registerFromAfar(server.url, { language: 'kk', name: 'Серікова Айна' })
    const other = await registerFromAfar(server.url, { language: 'ru', name: 'Ким Тимур' })
    await hire(server.url, {
      name: 'Сәуле Ермекова',
      email: `saule.${colorScheme}@example.kz`,
      password: 'a long enough phrase',
    })
    const { page } = await join({ colorScheme })
    await page.goto(`${server.url}/console`)
    const words = wordsOf.kk.console
    await page.getByRole('button', { name: words('entry.signIn') }).click()
    await page.getByText(words('entry.fillBoth')).waitFor()
    await expectOpenToAll(page, 'sign-in')

    const desk = await signIn(page, server.url, 'kk')
    await desk.row(afar.number).waitFor()
    await expectOpenToAll(page, 'queue')
    await desk.row(afar.number).click()
    await desk.actions.getByRole('button', { name: words('act.took') }).click()
    await desk.answer('Сәлеметсіз бе!')
    await page.getByRole('button', { name: words('composer.note') }).click()
    const note = page.getByRole('textbox', { name: words('composer.note'), exact: true })
    await note.fill('Ескертпе')
    await note.press('Enter')
    await desk.history.getByText('Ескертпе', { exact: true }).waitFor()
    await expectOpenToAll(page, 'conversation')
    await desk.actions.getByRole('button', { name: words('act.transferred') }).click()
    await page.getByRole('dialog').getByRole('radio').first().waitFor()
    await expectOpenToAll(page, 'transfer')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: words('help.title') }).click()
    await page.getByRole('dialog').waitFor()
    await expectOpenToAll(page, 'keys')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: words('nav.team') }).click()
    await page.getByRole('row').nth(1).waitFor()
    await expectOpenToAll(page, 'team')
    await page.getByRole('button', { name: words('team.invite') }).click()
    await page.getByRole('dialog').waitFor()
    await expectOpenToAll(page, 'invitation')
    for (const visitor of [afar, other]) visitor.leave()
  })
})

describe('With the keyboard alone', () => {
  /** Presses Tab until the focus is where `where` says, and holds that it can be seen there. */
  async function tabTo(
    page: Page,
    where: (element: Element, name: string) => boolean,
    name: string,
    most = 40,
  ) {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab')
      for (const frame of page.frames()) {
        const focused = await frame.evaluateHandle(() => {
          const inner = document.activeElement
          return inner?.shadowRoot?.activeElement ?? inner
        })
        const element = focused.asElement()
        if (!element || !(await element.evaluate(where as (element: Node, name: string) => boolean, name)))
          continue
        const seen = await element.evaluate((node) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node as Element)
          const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
          return outlined || boxShadow !== 'none' ? 'visible' : 'invisible'
        })
        expect({ name, focus: seen }).toEqual({ name, focus: 'visible' })
        return
      }
    }
    throw new Error(`Tab does not lead to ${name}`)
  }

  test('a visitor opens the chat, asks, calls for a person and fills the form', async () => {
    const { page } = await join({}, 'ru')
    const { assistant, widget, chat: title } = wordsOf.ru
    const named = (element: Element, name: string) =>
      element.getAttribute('aria-label') === name || element.textContent?.trim() === name
    const labelled = (element: Element, name: string) =>
      (element as HTMLInputElement).labels?.[0]?.textContent?.trim() === name
    await page.goto(`${server.url}/?lang=ru`)
    await page.getByRole('button', { name: title }).waitFor()
    await tabTo(page, named, title)
    await page.keyboard.press('Enter')
    const chat = chatIn(page, 'ru')
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    await tabTo(page, named, widget('write'))
    await page.keyboard.type('Какие у вас тарифы?')
    await page.keyboard.press('Enter')
    await chat.sees(assistant('asking.didItHelp'))
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await chat.sees(assistant('choice.consent'))
    await chat.frame.getByRole('log').focus()
    await tabTo(page, named, assistant('choice.consent'))
    await page.keyboard.press('Space')
    await chat.field(labels.ru.iin).waitFor()
    await chat.frame.getByRole('log').focus()
    await tabTo(page, labelled, labels.ru.iin)
    await page.keyboard.type(someone.iin)
    await tabTo(page, labelled, labels.ru.fullName)
    await page.keyboard.type(someone.fullName)
    await tabTo(page, labelled, labels.ru.contact)
    await page.keyboard.type(someone.contact)
    await page.keyboard.press('Enter')
    await chat.field(labels.ru.description).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('iframe').waitFor({ state: 'hidden' })
    expect(
      await chat.button.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button),
    ).toBe(true)
  })

  test('an operator takes the next request, answers and closes it', async () => {
    const request = await registerFromAfar(server.url, { language: 'ru', name: 'Ким Тимур' })
    const { page } = await join({}, 'ru')
    const words = wordsOf.ru.console
    const desk = await signIn(page, server.url, 'ru')
    await desk.row(request.number).waitFor()
    await page.keyboard.press('/')
    await page.waitForFunction(() => document.activeElement?.matches('input[type=search]'))
    await page.keyboard.type(`${request.number}`)
    await page.keyboard.press('Enter')
    await desk.history.waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.type('Здравствуйте!')
    await page.keyboard.press('Enter')
    await desk.history.getByText('Здравствуйте!', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('e')
    await page.getByRole('dialog').getByLabel(words('resolve.text')).waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('dialog textarea'))
    await page.keyboard.press('Control+Enter')
    await page.getByText(words('toast.resolved')).waitFor()
    request.leave()
  })
})
