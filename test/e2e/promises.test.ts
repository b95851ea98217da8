import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { registerFromAfar } from '../support/e2eTicket.ts'
import { continueChat } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  await leave(people)
  await server?.stop()
})
afterAll(() => browser?.close())

const words = {
  kk: {
    hello: 'Сәлеметсіз бе!',
    solution: 'Бетті Ctrl+F5 арқылы жаңартыңыз.',
    question: 'Браузеріңіз қандай?',
  },
  ru: {
    hello: 'Здравствуйте!',
    solution: 'Обновите страницу клавишами Ctrl+F5.',
    question: 'Какой у вас браузер?',
  },
} as const

describe.each(bothLanguages)('The promises of a request, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]

  test('a solution that did not help, a question, a silent visitor, the close of §15, a reopening', async () => {
    server = await startServer({ startAt: '2026-11-23T04:00:00.000Z' })
    const operator = await personIn(browser, language)
    const visitor = await personIn(browser, language)
    people.push(operator, visitor)
    const request = await registerFromAfar(server.url, { language })
    request.leave()
    const desk = await signIn(operator.page, server.url, language)
    await desk.row(request.number).click()
    await desk.actions.getByRole('button', { name: ours('act.took') }).click()
    await desk.answer(words[language].hello)

    // both promises are told beside the conversation, and the priority can be chosen there
    await desk.about.getByText(ours('ticket.resolution')).waitFor()
    await desk.about.getByText(ours('verdict.kept')).waitFor()
    await desk.about.getByLabel(ours('ticket.priority')).selectOption('urgent')
    await desk.history
      .getByText(
        assistant('activity.prioritised', { operator: 'admin', priority: assistant('priority.urgent') }),
      )
      .waitFor()

    // a solution is offered from the menu; the visitor says that it did not help
    const chat = await continueChat(visitor, server.url, language, request.token)
    await desk.actions.getByRole('button', { name: ours('act.more') }).click()
    await operator.page.getByRole('menuitem', { name: ours('act.offeredSolution') }).click()
    const dialog = operator.page.getByRole('dialog')
    await dialog.getByLabel(ours('offerSolution.text')).fill(words[language].solution)
    await dialog.getByRole('button', { name: ours('offerSolution.confirm') }).click()
    await chat.sees(words[language].solution)
    await chat.sees(assistant('solution.ask'))
    await desk.about.getByText(ours('verdict.paused')).waitFor()
    await chat.press(assistant('choice.notResolved'))
    await chat.sees(assistant('solution.failed'))
    await desk.history.getByText(assistant('activity.solutionFailed')).waitFor()
    await until(
      'the clock of the resolution runs again',
      async () => (await desk.about.getByText(ours('verdict.paused')).count()) === 0,
    )

    // a question, and no answer for eight working hours
    await desk.actions.getByRole('button', { name: ours('act.askedForInformation') }).click()
    await dialog.getByLabel(ours('ask.text')).fill(words[language].question)
    await dialog.getByRole('button', { name: ours('ask.send') }).click()
    await chat.sees(words[language].question)
    const close = desk.actions.getByRole('button', { name: ours('act.closedUnanswered') })
    expect(await close.count()).toBe(0)
    for (const person of people) person.tolerate(/WebSocket connection to|ERR_CONNECTION_REFUSED/)
    await server.kill()
    await server.startAgain({ minutesLater: 4 * 60 + 1 })
    await chat.sees(
      new RegExp(
        assistant('silence.reminder.information.mayClose', { number: request.number, due: '' }).split(
          '.',
        )[0] ?? '',
      ),
    )
    await server.kill()
    await server.startAgain({ minutesLater: 4 * 60 })

    // the operator is offered the close: its words list what was done
    await close.click()
    const listed = await dialog.getByLabel(ours('act.text')).inputValue()
    for (const line of [
      'done.took',
      'done.answered',
      'done.offeredSolution',
      'done.asked',
      'done.reminded',
    ] as const)
      expect(listed).toContain(assistant(line, { moment: '' }).trim())
    await dialog.getByRole('button', { name: ours('resolve.confirm') }).click()
    await chat.sees(assistant('silence.ended', { number: request.number }))

    // the visitor brings it back, and rates another time
    await chat.press(assistant('choice.reopen'))
    await chat.sees(assistant('reopened', { number: request.number }))
    await desk.history.getByText(assistant('activity.reopened')).waitFor()
  })
})
