import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { someone } from '../support/conversation.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { signIn } from '../support/e2eOperator.ts'
import { pngOf } from '../support/e2ePicture.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { labels, openChat, ticketNumber } from '../support/e2eVisitor.ts'
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

const said = {
  kk: {
    question: 'ЭЦҚ кілтінің құпиясөзін ұмытып қалдым, не істеймін?',
    description: 'Кілт құпиясөзін қабылдамайды',
    corrected: 'Кілт құпиясөзін қабылдамайды, «құпиясөз қате» дейді',
    answer: 'Сәлеметсіз бе! Кілтті қайдан алғаныңызды жазыңызшы.',
    reply: 'Халыққа қызмет көрсету орталығынан алдым',
    note: 'Бұрынғы бухгалтердің кілті болуы мүмкін',
    wrongIin: '850412300126',
  },
  ru: {
    question: 'Забыт пароль от ключа ЭЦП — что делать?',
    description: 'Ключ не принимает пароль',
    corrected: 'Ключ не принимает пароль, пишет «неверный пароль»',
    answer: 'Здравствуйте! Подскажите, где вы получали ключ?',
    reply: 'В центре обслуживания населения',
    note: 'Возможно, это ключ прежнего бухгалтера',
    wrongIin: '850412300126',
  },
} as const

describe.each(bothLanguages)('From a question to a rating, in %s', (language) => {
  const { assistant, widget, console: ours } = wordsOf[language]
  const label = labels[language]
  const words = said[language]

  test('a visitor is answered by the FAQ, then by a person', async () => {
    const visitor = await personIn(browser, language)
    const operator = await personIn(browser, language)
    people.push(visitor, operator)

    // the visitor is greeted, asks, and is given an article
    const chat = await openChat(visitor.page, server.url, language)
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe(language)
    await chat.write(words.question)
    await chat.sees(assistant('asking.answer'))
    await chat.log.getByRole('article').getByRole('heading', { name: words.question }).waitFor()

    // it did not help: consent, then who they are, with a slip in the number
    await chat.press(assistant('choice.notHelped'))
    await chat.press(assistant('choice.consent'))
    await chat.field(label.iin).fill(words.wrongIin)
    await chat.field(label.fullName).fill(someone.fullName)
    await chat.field(label.contact).fill(someone.contact)
    await chat.press(assistant('form.submit'))
    const iin = chat.field(label.iin)
    await until('the wrong number is marked', async () => (await iin.getAttribute('aria-invalid')) === 'true')
    const noteId = await iin.getAttribute('aria-describedby')
    expect(await chat.log.locator(`[id="${noteId}"]`).textContent()).toBe(assistant('identity.iin.checksum'))
    expect(await iin.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await chat.field(label.fullName).inputValue()).toBe(someone.fullName)
    await iin.fill(someone.iin)
    await chat.press(assistant('form.submit'))

    // what it is about, with a screenshot
    await chat.log.getByRole('radio', { name: label.defect }).check()
    expect(await chat.field(label.description).inputValue()).toBe(words.question)
    await chat.field(label.description).fill(words.description)
    const screenshot = pngOf(320, 200, [180, 30, 30])
    if (language === 'kk')
      await chat.log
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: 'қате.png', mimeType: 'image/png', buffer: screenshot })
    else
      await chat.frame.locator('body').evaluate((body, base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
        body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, screenshot.toString('base64'))
    await until(
      'the screenshot is shown',
      async () => (await chat.log.getByRole('img', { name: widget('picture', { name: '' }) }).count()) === 1,
    )
    await chat.press(assistant('form.submit'))

    // everything is shown before it is sent, and a line is changed
    const summary = () => chat.log.getByRole('region', { name: widget('summary') }).last()
    await summary().getByText(words.description, { exact: true }).waitFor()
    await summary()
      .getByRole('button', { name: widget('change', { label: label.description }) })
      .click()
    await chat.sees(assistant('reviewing.change'))
    await chat.field(label.description).last().fill(words.corrected)
    await chat.press(assistant('form.submit'))
    await summary().getByText(words.corrected, { exact: true }).waitFor()
    await chat.press(assistant('choice.confirm'))

    // the ticket: its number, the moment of the answer, the place in the queue
    const number = await ticketNumber(chat, language)
    const card = chat.log.getByRole('region', { name: widget('ticket') }).last()
    await card.getByText(/10:1\d/).waitFor()
    await card.getByText(assistant('ticket.next')).waitFor()

    // the operator finds it on top of the queue, its time running
    const desk = await signIn(operator.page, server.url, language)
    const row = desk.row(number)
    await row.getByText(someone.fullName).waitFor()
    const left = async () => /\b1[0-4]:[0-5]\d\b/.exec((await row.textContent()) ?? '')?.[0]
    const before = await left()
    expect(before).toBeDefined()
    await until('the time goes on', async () => (await left()) !== before)

    // takes it, and looks at the number that is masked
    await row.click()
    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await chat.sees(assistant('activity.took', { operator: 'admin' }).split(' ')[0] ?? '')
    await desk.about.getByText(words.corrected, { exact: true }).waitFor()
    await desk.about.getByText(/^•{8}0125$/).waitFor()
    expect(await operator.page.locator('body').textContent()).not.toContain(someone.iin)
    expect(operator.frames.filter((frame) => frame.includes(someone.iin))).toEqual([])
    await desk.about.getByRole('button', { name: ours('about.show', { what: label.iin }) }).click()
    await desk.about.getByText(someone.iin).waitFor()

    // they talk: typing is seen on both sides, marks move, nothing is told twice
    const reply = operator.page.getByRole('textbox', { name: ours('composer.reply'), exact: true })
    await reply.pressSequentially(words.answer.slice(0, 5))
    await chat.frame.locator('.typing').waitFor()
    await desk.answer(words.answer)
    await chat.sees(words.answer)
    await desk.history
      .getByRole('article')
      .filter({ hasText: words.answer })
      .getByText(ours('delivery.read'))
      .waitFor()
    await until('the operator sees that the visitor types', async () => {
      await chat.frame.getByRole('textbox', { name: widget('write') }).pressSequentially('а')
      return desk.history.getByText(ours('thread.typing')).isVisible()
    })
    await chat.write(words.reply)
    await desk.history.getByText(words.reply, { exact: true }).waitFor()
    await chat.log
      .locator('.message')
      .filter({ hasText: words.reply })
      .getByRole('img', { name: widget('read'), exact: true })
      .waitFor()

    // a file from the operator
    await operator.page
      .locator('form input[type=file]')
      .setInputFiles({ name: 'answer.png', mimeType: 'image/png', buffer: pngOf(240, 160, [10, 110, 110]) })
    await operator.page.getByRole('button', { name: ours('composer.send') }).click()
    const picture = chat.log.getByRole('img', { name: widget('picture', { name: 'answer.png' }) })
    await until('the picture is drawn', () =>
      picture.evaluate((image) => (image as HTMLImageElement).naturalWidth === 240),
    )

    // a note stays among operators
    await operator.page.getByRole('button', { name: ours('composer.note') }).click()
    const note = operator.page.getByRole('textbox', { name: ours('composer.note'), exact: true })
    await note.fill(words.note)
    await note.press('Enter')
    await desk.history.getByText(words.note, { exact: true }).waitFor()

    // resolved and rated
    await desk.resolve()
    await chat.sees(assistant('resolved.ask', { number }))
    await chat.log.getByRole('radio', { name: new RegExp(`^${widget('stars', { count: 4 })}`) }).check()
    await chat.press(widget('rate'))
    await chat.sees(assistant('resolved.thanks'))
    await desk.about.getByRole('img', { name: ours('rating.stars', { count: 4 }) }).waitFor()

    expect(await chat.log.textContent()).not.toContain(words.note)
    expect(visitor.frames.some((frame) => frame.includes(words.answer))).toBe(true)
    expect(visitor.frames.filter((frame) => frame.includes(words.note))).toEqual([])
    for (const text of [words.answer, words.reply])
      expect(await chat.log.getByText(text, { exact: true }).count()).toBe(1)
  })
})
