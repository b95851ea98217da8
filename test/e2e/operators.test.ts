import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { type DistantVisitor, registerFromAfar } from '../support/e2eTicket.ts'
import { continueChat } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

const saule = { email: 'saule@example.kz', name: 'Сәуле Ермекова', password: 'a long enough phrase' }
const daniyar = { email: 'daniyar@example.kz', name: 'Данияр Омаров', password: 'another long phrase' }

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []
const visitors: DistantVisitor[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
  await hire(server.url, saule)
  await hire(server.url, daniyar)
})
afterEach(async () => {
  for (const visitor of visitors.splice(0)) visitor.leave()
  await leave(people)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function someone(language: 'kk' | 'ru'): Promise<Person> {
  const person = await personIn(browser, language)
  people.push(person)
  return person
}

async function request(language: 'kk' | 'ru', name: string): Promise<DistantVisitor> {
  const visitor = await registerFromAfar(server.url, { language, name })
  visitors.push(visitor)
  return visitor
}

describe.each(bothLanguages)('Two operators at their consoles, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]

  test('the one due first stands on top; what one takes, the other sees at once and cannot take', async () => {
    const [first, second] = [await someone(language), await someone(language)]
    const sauleDesk = await signIn(first.page, server.url, language, saule)
    const daniyarDesk = await signIn(second.page, server.url, language, daniyar)
    const earlier = await request(language, 'Серікова Айна')
    const later = await request(language, 'Ким Тимур')
    for (const desk of [sauleDesk, daniyarDesk]) {
      await desk.row(later.number).waitFor()
      const numbers = (await desk.queue.getByRole('listitem').allInnerTexts()).map((text) =>
        Number(/№ (\d+)/.exec(text)?.[1]),
      )
      expect(numbers).toEqual([earlier.number, later.number])
    }

    // both look at the first one; one takes it, and the other's button goes
    for (const desk of [sauleDesk, daniyarDesk]) {
      await desk.row(earlier.number).click()
      await desk.actions.getByRole('button', { name: ours('act.took') }).waitFor()
    }
    await sauleDesk.actions.getByRole('button', { name: ours('act.took') }).click()
    await daniyarDesk.page.getByText(ours('composer.whenTheirs', { name: saule.name })).waitFor()
    expect(await daniyarDesk.actions.getByRole('button', { name: ours('act.took') }).count()).toBe(0)
    await until('the row is gone from those who wait', async () => {
      await daniyarDesk.page.mouse.move(0, 0)
      return (await daniyarDesk.row(earlier.number).count()) === 0
    })

    // one whose line was down presses late, and is told who was first
    second.tolerate(/WebSocket connection to|ERR_INTERNET_DISCONNECTED/)
    await daniyarDesk.row(later.number).click()
    const take = daniyarDesk.actions.getByRole('button', { name: ours('act.took') })
    await take.waitFor()
    await second.context.setOffline(true)
    await take.click()
    await first.page.getByRole('button', { name: ours('action.takeNext') }).click()
    await first.page.getByRole('textbox', { name: ours('composer.reply'), exact: true }).waitFor()
    await second.context.setOffline(false)
    await second.page.getByText(assistant('refusal.taken', { operator: saule.name })).waitFor()
    await second.page.getByText(ours('composer.whenTheirs', { name: saule.name })).waitFor()
  })

  test('a transfer moves the conversation, with its reason for the colleague alone', async () => {
    const [first, second, visitor] = [
      await someone(language),
      await someone(language),
      await someone(language),
    ]
    const sauleDesk = await signIn(first.page, server.url, language, saule)
    const daniyarDesk = await signIn(second.page, server.url, language, daniyar)
    const afar = await request(language, 'Оспанова Дана')
    const chat = await continueChat(visitor, server.url, language, afar.token)
    await sauleDesk.row(afar.number).click()
    await sauleDesk.actions.getByRole('button', { name: ours('act.took') }).click()
    await sauleDesk.answer('1')

    await sauleDesk.actions.getByRole('button', { name: ours('act.transferred') }).click()
    const dialog = first.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: daniyar.name }).check()
    await dialog.getByLabel(ours('transfer.reason')).fill('only for colleagues')
    await dialog.getByRole('button', { name: ours('transfer.confirm') }).click()

    await first.page.getByText(ours('composer.whenTheirs', { name: daniyar.name })).waitFor()
    await daniyarDesk.queue.getByRole('button', { name: new RegExp(`^${ours('view.mine')}`) }).click()
    await daniyarDesk.row(afar.number).click()
    await daniyarDesk.history.getByText('only for colleagues').waitFor()
    await daniyarDesk.answer('2')
    await chat.sees('2')
    await chat.sees(assistant('activity.transferred', { to: daniyar.name }))
    await chat.frame.getByRole('heading', { name: daniyar.name }).waitFor()
    expect(visitor.frames.filter((frame) => frame.includes('only for colleagues'))).toEqual([])
  })
})

describe('A promise that was broken while the server was down', () => {
  const { console: ours } = wordsOf.ru

  test('is overdue as soon as the server is back, above everything that is still on time', async () => {
    const own = await startServer()
    try {
      const late = await registerFromAfar(own.url, { name: 'Серікова Айна' })
      late.leave()
      await own.kill()
      await own.startAgain({ minutesLater: 16 })
      const fresh = await registerFromAfar(own.url, { name: 'Ким Тимур' })
      const person = await someone('ru')
      const desk = await signIn(person.page, own.url, 'ru')
      await desk
        .row(late.number)
        .getByText(ours('time.overdue', { time: '' }))
        .waitFor()
      const numbers = (await desk.queue.getByRole('listitem').allInnerTexts()).map((text) =>
        Number(/№ (\d+)/.exec(text)?.[1]),
      )
      expect(numbers).toEqual([late.number, fresh.number])
      fresh.leave()
      await leave(people)
    } finally {
      await own.stop()
    }
  })
})
