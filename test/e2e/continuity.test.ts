import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { deskIn, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { type Chat, chatIn, continueChat, openChat } from '../support/e2eVisitor.ts'
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

/** A connection that breaks is something browsers write errors about. */
const brokenConnection = /WebSocket connection to|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_(REFUSED|RESET)/

const times = (chat: Chat, text: string) => chat.log.getByText(text, { exact: true }).count()

async function someone(language: 'kk' | 'ru'): Promise<Person> {
  const person = await personIn(browser, language)
  people.push(person)
  return person
}

describe.each(bothLanguages)('A conversation goes on, in %s', (language) => {
  const { assistant, widget, console: ours } = wordsOf[language]

  test('a reload and a second tab show the same thread, with a half-written message kept', async () => {
    const visitor = await someone(language)
    const chat = await openChat(visitor.page, server.url, language)
    const question = language === 'kk' ? 'Тарифтер қандай?' : 'Какие у вас тарифы?'
    const half = language === 'kk' ? 'Тағы бір нәрсе' : 'И ещё одно'
    await chat.write(question)
    await chat.sees(assistant('asking.didItHelp'))
    await chat.frame.getByRole('textbox', { name: widget('write') }).fill(half)
    const before = await chat.log.innerText()

    await visitor.page.reload()
    await chat.sees(assistant('asking.didItHelp'))
    expect(await chat.log.innerText()).toBe(before)
    const box = chat.frame.getByRole('textbox', { name: widget('write') })
    await until('the half-written message is there', async () => (await box.inputValue()) === half)

    const secondTab = await visitor.context.newPage()
    await secondTab.goto(`${server.url}/?lang=${language}`)
    const second = chatIn(secondTab, language)
    await second.button.click()
    await second.sees(assistant('asking.didItHelp'))
    await second.press(assistant('choice.helped'))
    await chat.sees(assistant('asking.glad'))
    await second.sees(assistant('asking.glad'))
    for (const tab of [chat, second]) {
      expect(await times(tab, question)).toBe(1)
      expect(await times(tab, assistant('asking.glad'))).toBe(1)
    }
  })

  test('what is written while offline arrives once, in order, when the connection is back', async () => {
    const afar = await registerFromAfar(server.url, { language })
    const visitor = await someone(language)
    const operator = await someone(language)
    visitor.tolerate(brokenConnection)
    const desk = await signIn(operator.page, server.url, language)
    await desk.row(afar.number).click()
    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await desk.answer('0')
    const chat = await continueChat(visitor, server.url, language, afar.token)
    await chat.sees('0')

    await visitor.context.setOffline(true)
    await visitor.page.evaluate(() => dispatchEvent(new Event('offline')))
    await chat.write('one')
    await chat.write('two')
    await chat.log
      .getByRole('img', { name: widget('sending') })
      .last()
      .waitFor()
    await desk.answer('meanwhile')
    const sent = desk.history.getByRole('article').filter({ hasText: 'meanwhile' })
    await sent.getByText(ours('delivery.sent'), { exact: true }).waitFor()
    expect(await times(chat, 'meanwhile')).toBe(0)
    expect(await desk.history.getByText('one', { exact: true }).count()).toBe(0)
    await visitor.context.setOffline(false)

    await desk.history.getByText('two', { exact: true }).waitFor()
    await chat.sees('meanwhile')
    await until(
      'nothing is on its way any longer',
      async () => (await chat.log.getByRole('img', { name: widget('sending') }).count()) === 0,
    )
    const spoken = async (log: Locator) =>
      [...(await log.innerText()).matchAll(/^(one|two|meanwhile)$/gm)].map(([word]) => word)
    const order = await spoken(desk.history)
    expect([...order].sort()).toEqual(['meanwhile', 'one', 'two'])
    expect(order.indexOf('one')).toBeLessThan(order.indexOf('two'))
    const seen = await spoken(chat.log)
    expect(seen).toEqual(order)
    afar.leave()
  })
})

describe('When the server is killed in mid-conversation', () => {
  const { widget, console: ours } = wordsOf.ru

  test('both sides go on where they were: nothing twice, nothing missing, what waited arrives', async () => {
    const afar = await registerFromAfar(server.url, { language: 'ru' })
    const visitor = await someone('ru')
    const operator = await someone('ru')
    for (const person of [visitor, operator]) person.tolerate(brokenConnection)
    const desk = await signIn(operator.page, server.url, 'ru')
    await desk.row(afar.number).click()
    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await desk.answer('answer before')
    const chat = await continueChat(visitor, server.url, 'ru', afar.token)
    await chat.sees('answer before')
    await chat.write('word before')
    await desk.history.getByText('word before', { exact: true }).waitFor()
    afar.leave()

    const kill = server.kill()
    await chat.write('word during')
    await desk.answer('answer during')
    await kill
    await chat.frame.getByText(widget('offline')).waitFor()
    await operator.page.getByRole('alert').getByText(ours('link.lost')).waitFor()
    await chat.write('word after')
    await server.startAgain()

    await desk.history.getByText('word after', { exact: true }).waitFor()
    await chat.sees('answer during')
    await until(
      'nothing is on its way any longer',
      async () =>
        (await chat.log.getByRole('img', { name: widget('sending') }).count()) === 0 &&
        (await desk.history.getByText(ours('pending.sending')).count()) === 0,
    )
    const said = ['answer before', 'word before', 'word during', 'answer during', 'word after']
    for (const words of said) {
      expect([words, await times(chat, words)]).toEqual([words, 1])
      expect([words, await desk.history.getByText(words, { exact: true }).count()]).toEqual([words, 1])
    }

    await Promise.all([visitor.page.reload(), operator.page.reload()])
    await chat.sees('word after')
    const again = deskIn(operator.page, 'ru')
    await again.history.getByText('word after', { exact: true }).waitFor()
    for (const words of said) {
      expect([words, await times(chat, words)]).toEqual([words, 1])
      expect([words, await again.history.getByText(words, { exact: true }).count()]).toEqual([words, 1])
    }
    expect(await again.history.getByText(ours('pending.sending')).count()).toBe(0)
  })
})
