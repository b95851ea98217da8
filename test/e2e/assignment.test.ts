import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { automaticDesks } from '../support/automaticDesks.ts'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { type Desk, hire, signIn } from '../support/e2eOperator.ts'
import { administrator, type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { type DistantVisitor, registerFromAfar } from '../support/e2eTicket.ts'
import { continueChat } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'
import { removeDataFolders } from '../support/server.ts'

const saule = { email: 'saule@example.kz', name: 'Сәуле Ермекова', password: 'a long enough phrase' }
const daniyar = { email: 'daniyar@example.kz', name: 'Данияр Омаров', password: 'another long phrase' }
const senior = { email: 'senior@example.kz', name: 'Гүлнәр Серікова', password: 'one more long phrase' }

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []
const visitors: DistantVisitor[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    startServer({ env: { DESKS_DIR: automaticDesks({ capacity: 2 }) } }),
    launchChromium(),
  ])
  await hire(server.url, saule)
  await hire(server.url, daniyar)
  await hire(server.url, senior, 'supervisor')
})
afterEach(async () => {
  for (const visitor of visitors.splice(0)) visitor.leave()
  await leave(people)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  removeDataFolders()
})

async function consoleOf(
  who: { readonly email: string; readonly password: string },
  language: 'kk' | 'ru',
): Promise<Desk> {
  const person = await personIn(browser, language)
  people.push(person)
  return signIn(person.page, server.url, language, who)
}

async function request(language: 'kk' | 'ru', name: string): Promise<DistantVisitor> {
  const visitor = await registerFromAfar(server.url, { language, name })
  visitors.push(visitor)
  return visitor
}

describe.each(bothLanguages)('Who answers, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]
  const paused = ours('presence.paused')
  const online = ours('presence.online')
  const choice = (desk: Desk, name: string) => desk.page.getByRole('button', { name, exact: true })
  const toast = (desk: Desk, text: string) => desk.page.getByRole('status').getByText(text)

  async function resolveMine(desk: Desk) {
    await desk.answer('1')
    await desk.resolve()
    await toast(desk, ours('toast.resolved')).waitFor()
  }

  test('who is on a pause is given nothing; who is online is told, and the visitor sees who answers', async () => {
    const sauleDesk = await consoleOf(saule, language)
    await choice(sauleDesk, online).click()
    await toast(sauleDesk, ours('presence.paused.chosen')).waitFor()
    const visitor = await request(language, 'Серікова Айна')
    const chatPerson = await personIn(browser, language)
    people.push(chatPerson)
    const chat = await continueChat(chatPerson, server.url, language, visitor.token)
    await sauleDesk.row(visitor.number).waitFor()

    // the keyboard does it as well, in any layout
    await sauleDesk.page.keyboard.press('KeyP')
    await choice(sauleDesk, online).waitFor()
    const told = sauleDesk.page
      .getByRole('status')
      .getByText(ours('alert.assigned', { title: '' }).trim())
      .first()
    await told.waitFor()
    await sauleDesk.page
      .getByRole('button', { name: ours('action.open') })
      .first()
      .click()
    await sauleDesk.history.getByText(assistant('activity.assigned', { operator: saule.name })).waitFor()
    await chat.sees(assistant('activity.took', { operator: saule.name }))
    await resolveMine(sauleDesk)
  })

  test('a supervisor takes over in one act: the operator is told, and the visitor sees who answers now', async () => {
    const sauleDesk = await consoleOf(saule, language)
    const visitor = await request(language, 'Ким Тимур')
    const mine = sauleDesk.queue.getByRole('button', { name: new RegExp(`^${ours('view.mine')}`) })
    await mine.click()
    await sauleDesk.row(visitor.number).click()
    const seniorDesk = await consoleOf(senior, language)
    await seniorDesk.queue.getByRole('button', { name: new RegExp(`^${ours('view.live')}`) }).click()
    await seniorDesk.row(visitor.number).click()
    await seniorDesk.actions.getByRole('button', { name: ours('act.tookOver') }).click()
    await seniorDesk.page.getByRole('textbox', { name: ours('composer.reply'), exact: true }).waitFor()
    await sauleDesk.page
      .getByRole('status')
      .getByText(ours('alert.takenAway', { title: '' }).trim())
      .waitFor()
    await sauleDesk.page.getByText(ours('composer.whenTheirs', { name: senior.name })).waitFor()
    await seniorDesk.history
      .getByText(assistant('activity.tookOver', { operator: senior.name, from: saule.name }))
      .waitFor()
    await resolveMine(seniorDesk)
  })

  test('a colleague’s pause and load are seen before a conversation is handed to them', async () => {
    const daniyarDesk = await consoleOf(daniyar, language)
    await choice(daniyarDesk, online).click()
    await choice(daniyarDesk, paused).waitFor()
    const sauleDesk = await consoleOf(saule, language)
    const visitor = await request(language, 'Оспанова Дана')
    await sauleDesk.queue.getByRole('button', { name: new RegExp(`^${ours('view.mine')}`) }).click()
    await sauleDesk.row(visitor.number).click()
    await sauleDesk.actions.getByRole('button', { name: ours('act.transferred') }).click()
    const dialog = sauleDesk.page.getByRole('dialog')
    await dialog
      .getByText(`${ours('operator.paused')} · ${ours('operator.load', { count: 0 })}`)
      .first()
      .waitFor()
    await dialog.getByRole('radio', { name: daniyar.name }).check()
    await dialog.getByRole('button', { name: ours('transfer.confirm') }).click()
    await daniyarDesk.page
      .getByRole('status')
      .getByText(ours('alert.received', { title: '' }).trim())
      .waitFor()
    await daniyarDesk.page
      .getByRole('button', { name: ours('action.open') })
      .first()
      .click()
    await resolveMine(daniyarDesk)
    await choice(daniyarDesk, paused).click()
  })

  test('a request goes to another desk with its reason, and leaves the console of who does not serve it', async () => {
    const sauleDesk = await consoleOf(saule, language)
    const visitor = await request(language, 'Жұмабеков Нұрлан')
    await sauleDesk.queue.getByRole('button', { name: new RegExp(`^${ours('view.mine')}`) }).click()
    await sauleDesk.row(visitor.number).click()
    await sauleDesk.actions.getByRole('button', { name: ours('act.more') }).click()
    await sauleDesk.page.getByRole('menuitem', { name: ours('act.movedToDesk') }).click()
    const dialog = sauleDesk.page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: ours('move.confirm') }).isDisabled()).toBe(true)
    await dialog.getByRole('radio').first().check()
    await dialog.getByLabel(ours('transfer.reason')).fill('not ours')
    await dialog.getByRole('button', { name: ours('move.confirm') }).click()
    await toast(sauleDesk, ours('toast.movedToDesk')).waitFor()
    await sauleDesk.page.getByText(ours('empty.thread')).waitFor()
    await until('the row is gone', async () => {
      await sauleDesk.page.mouse.move(0, 0)
      return (await sauleDesk.row(visitor.number).count()) === 0
    })
    const chatPerson = await personIn(browser, language)
    people.push(chatPerson)
    const chat = await continueChat(chatPerson, server.url, language, visitor.token)
    await chat.sees(new RegExp(`№ ${visitor.number}`))
    expect(chatPerson.frames.filter((frame) => frame.includes('not ours'))).toEqual([])
  })

  test('the administrator says how many conversations at a time somebody is given', async () => {
    const desk = await consoleOf(administrator, language)
    await desk.page.goto(`${server.url}/console#/team`)
    const line = desk.page.getByRole('row').filter({ hasText: daniyar.name })
    await line.getByRole('button', { name: ours('team.edit') }).click()
    const dialog = desk.page.getByRole('dialog')
    const field = dialog.getByLabel(ours('team.capacity'))
    await field.fill('0')
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await dialog.getByText(ours('team.capacityRange', { most: 50 })).waitFor()
    await field.fill('7')
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await line.getByText('0 / 7').waitFor()
    await line.getByRole('button', { name: ours('team.edit') }).click()
    await dialog.getByLabel(ours('team.capacity')).fill('')
    await dialog.getByRole('button', { name: ours('action.save') }).click()
    await line.getByText('0 / 7').waitFor({ state: 'detached' })
  })
})
