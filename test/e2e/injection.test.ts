import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { someone } from '../support/conversation.ts'
import { leave, type Person, personIn } from '../support/e2eBrowser.ts'
import { hire, signIn } from '../support/e2eOperator.ts'
import { pngOf } from '../support/e2ePicture.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { continueChat } from '../support/e2eVisitor.ts'
import { wordsOf } from '../support/e2eWords.ts'

const { assistant, widget, console: ours } = wordsOf.ru

const picture = '<img src=x onerror="window.attacked=1;alert(1)">'
const script = '</script></textarea><script>window.attacked=1</script>'
const link = '[press](javascript:window.attacked=1) javascript:alert(1) <a href="javascript:alert(1)">x</a>'
const svg = '"><svg onload=window.attacked=1>'
const attacks = [picture, script, link, svg, '**bold** `code` {{7*7}}']
const mallory = { email: 'mallory@example.kz', name: `Меллори ${picture}`, password: 'a long enough phrase' }

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
  await hire(server.url, mallory)
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Every frame of a page is untouched: no flag was set, no element or link was made of what was typed. */
async function expectUntouched({ page, context }: Person) {
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() => {
      const elements = [...document.querySelectorAll('*')]
      return {
        attacked: 'attacked' in window,
        handlers: elements.filter((one) => one.getAttributeNames().some((name) => /^on/i.test(name))).length,
        links: elements.filter((one) => /^\s*javascript:/i.test(one.getAttribute('href') ?? '')).length,
        brokenImages: document.querySelectorAll('img[src=x]').length,
      }
    })
    expect(found).toEqual({ attacked: false, handlers: 0, links: 0, brokenImages: 0 })
  }
  expect(context.pages()).toEqual([page])
}

test('what people type is shown as it was typed and never becomes a part of the page', async () => {
  const visitor = await personIn(browser, 'ru')
  const operator = await personIn(browser, 'ru')
  people.push(visitor, operator)

  const afar = await registerFromAfar(server.url, {
    organisation: `ТОО "Ромашка"`,
    description: `${picture} ${script} ${link}`,
  })
  const chat = await continueChat(visitor, server.url, 'ru', afar.token)
  const desk = await signIn(operator.page, server.url, 'ru', mallory)
  await desk.row(afar.number).click()
  await desk.actions.getByRole('button', { name: ours('act.took') }).click()
  await chat.sees(mallory.name)
  await desk.about.getByText(picture).waitFor()

  for (const attack of attacks) {
    await chat.write(attack)
    await desk.history.getByText(attack, { exact: true }).waitFor()
    await desk.answer(`ответ ${attack}`)
    await chat.log.getByText(`ответ ${attack}`, { exact: true }).waitFor()
    expect(await chat.log.getByText(attack, { exact: true }).count()).toBe(1)
  }

  const name = '<img src=x onerror=alert(1)>.png'
  await visitor.page
    .frameLocator('iframe')
    .locator('footer input[type=file]')
    .setInputFiles({ name, mimeType: 'image/png', buffer: pngOf(40, 30, [1, 2, 3]) })
  await chat.log.getByRole('img', { name: widget('picture', { name: '' }) }).waitFor()
  await desk.history.getByRole('img', { name: /onerror=alert/ }).waitFor()

  const note = operator.page.getByRole('textbox', { name: ours('composer.note'), exact: true })
  await operator.page.getByRole('button', { name: ours('composer.note') }).click()
  await note.fill(picture + script)
  await note.press('Enter')
  await desk.history.getByText(picture + script, { exact: true }).waitFor()

  await expectUntouched(visitor)
  await expectUntouched(operator)
  await operator.page.reload()
  await desk.history.getByText(picture + script, { exact: true }).waitFor()
  await visitor.page.reload()
  await chat.sees(`ответ ${picture}`)
  await expectUntouched(visitor)
  await expectUntouched(operator)
  afar.leave()
})

test('a name that is no name is refused at its field, in plain words', async () => {
  const visitor = await personIn(browser, 'ru')
  people.push(visitor)
  await visitor.page.goto(`${server.url}/widget/?lang=ru#javascript:alert(1)`)
  const frame = visitor.page
  await frame
    .getByRole('button', { name: widget('askOperator') })
    .last()
    .click()
  await frame.getByRole('button', { name: assistant('choice.consent') }).click()
  await frame.getByLabel('ИИН', { exact: true }).fill(someone.iin)
  await frame
    .getByLabel('Фамилия, имя, отчество', { exact: true })
    .fill('<img src=x onerror=alert(document.domain)>')
  await frame.getByLabel('Телефон или электронная почта', { exact: true }).fill(someone.contact)
  await frame.getByRole('button', { name: assistant('form.submit') }).click()
  await frame.getByText(assistant('identity.fullName.characters')).waitFor()
  await expectUntouched(visitor)
})

test('a file that only calls itself a picture is refused, and markup is never served as a page', async () => {
  const visitor = await personIn(browser, 'ru')
  people.push(visitor)
  visitor.tolerate(/api\/uploads/)
  const afar = await registerFromAfar(server.url)
  const chat = await continueChat(visitor, server.url, 'ru', afar.token)
  await visitor.page
    .frameLocator('iframe')
    .locator('footer input[type=file]')
    .setInputFiles({ name: 'page.png', mimeType: 'image/png', buffer: Buffer.from(`<html>${script}</html>`) })
  await chat.frame.getByText(assistant('refusal.file.mismatch')).waitFor()
  await expectUntouched(visitor)
  afar.leave()
})
