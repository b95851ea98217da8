import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { openChat } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

let server: ServerUnderTest
let browser: Browser
const people: Person[] = []
const supervisor = { name: 'Гүлнәр Ахметова', email: 'gulnar@example.kz', password: 'articles are fun' }

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
  await hire(server.url, supervisor, 'supervisor')
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const said = {
  kk: {
    question: 'қыста торғайды немен жемдеймін',
    search: 'браузер',
    chosen: 'Портал беті дұрыс ашылмаса, қандай браузер керек?',
    title: 'Дирижабль тұрағы қайда?',
    other: 'дирижабль тұрағы қай қабатта орналасқан',
    body: 'Дирижабль тұрағы **жоқ**.',
    strong: 'жоқ',
    operator: 'адам керек',
    person: 'ұшатын кілемді тіркеу керек еді',
  },
  ru: {
    question: 'чем кормить снегиря зимой',
    search: 'браузер',
    chosen: 'Страница портала не открывается — какой браузер нужен?',
    title: 'Где стоянка дирижаблей?',
    other: 'на каком этаже стоянка дирижаблей',
    body: 'Стоянки дирижаблей **нет**.',
    strong: 'нет',
    operator: 'нужен оператор',
    person: 'нужно зарегистрировать ковёр-самолёт',
  },
} as const

describe.each(bothLanguages)('Learning on the job, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]
  const words = said[language]

  test('an unanswered question becomes a phrasing, and the next visitor is answered', async () => {
    const visitor = await personIn(browser, language)
    const boss = await personIn(browser, language)
    people.push(visitor, boss)

    const chat = await openChat(visitor.page, server.url, language)
    await chat.write(words.question)
    await chat.log.getByText(words.question).waitFor()

    const { page } = boss
    await signIn(page, server.url, language, supervisor)
    await page.getByRole('link', { name: ours('nav.articles'), exact: true }).click()
    await page.getByRole('link', { name: ours('articles.tab.questions') }).click()
    const group = page.getByRole('article', { name: words.question })
    await group.waitFor()
    await group.getByRole('combobox', { name: ours('questions.article') }).fill(words.search)
    await group.getByRole('option', { name: words.chosen }).click()
    await group.getByRole('button', { name: ours('questions.learn') }).click()
    await page.getByText(ours('questions.learnt', { title: words.chosen })).waitFor()
    await group.waitFor({ state: 'detached' })

    await chat.write(words.question)
    await chat.log.getByRole('article').getByRole('heading', { name: words.chosen }).waitFor()
  })

  test('a new article is written for a question, and its history tells who did', async () => {
    const visitor = await personIn(browser, language)
    const boss = await personIn(browser, language)
    people.push(visitor, boss)

    const chat = await openChat(visitor.page, server.url, language)
    await chat.write(words.other)
    await chat.log.getByText(words.other).waitFor()

    const { page } = boss
    await signIn(page, server.url, language, supervisor)
    await page.goto(`${server.url}/console#/questions`)
    await page
      .getByRole('article', { name: words.other })
      .getByRole('button', { name: ours('questions.newArticle') })
      .click()
    const editor = page.getByRole('group', { name: ours(`article.${language}`) })
    expect(await editor.getByLabel(ours('article.phrasings')).inputValue()).toBe(words.other)
    await editor.getByLabel(ours('article.titleField')).fill(words.title)
    await editor.getByLabel(ours('article.body')).fill(words.body)
    await editor
      .getByRole('region', { name: ours('article.preview') })
      .getByText(words.strong, { exact: true })
      .waitFor()
    await page.getByRole('button', { name: ours('article.publish'), exact: true }).click()
    await page.getByText(ours('article.published')).waitFor()

    await chat.write(words.other)
    await chat.log.getByRole('article').getByRole('heading', { name: words.title }).waitFor()

    // a slip is made and taken back
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
    await editor.getByLabel(ours('article.titleField')).fill('???')
    await page.getByRole('button', { name: ours('article.publish'), exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '???' }).waitFor()
    await page.getByRole('button', { name: ours('article.history') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(supervisor.name).first().waitFor()
    await dialog.locator('del').getByText(words.title).waitFor()
    await dialog
      .getByRole('button', { name: ours('article.act.published') })
      .last()
      .click()
    await dialog.getByRole('button', { name: ours('article.restorePublish') }).click()
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor()
  })

  test('an operator answers with an article by the keyboard alone, and the visitor reads it', async () => {
    const visitor = await personIn(browser, language)
    const operator = await personIn(browser, language)
    people.push(visitor, operator)

    const chat = await openChat(visitor.page, server.url, language)
    await chat.press(assistant('choice.operator'))
    await chat.write(words.operator)
    await chat.press(assistant('choice.connectNow'))
    await chat.write(words.person)
    await chat.log.getByText(words.person).waitFor()

    const { page } = operator
    const desk = await signIn(page, server.url, language, supervisor)
    await desk.queue.getByText(words.person).first().waitFor()
    await page.keyboard.press('KeyT')
    await page.getByRole('textbox', { name: ours('composer.reply'), exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('KeyA')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words.person).waitFor()
    await page.keyboard.type(words.search)
    await dialog.getByRole('option', { name: words.chosen, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await desk.history.getByText(words.chosen).waitFor()
    await chat.log.getByRole('article').getByRole('heading', { name: words.chosen }).waitFor()

    await page.goto(`${server.url}/console#/questions`)
    const lesson = page.getByRole('article', { name: words.person })
    await lesson.getByText(ours('questions.taughtBy', { name: supervisor.name })).waitFor()
    await until(
      'the operator’s article is the best guess',
      async () =>
        (await lesson.getByRole('combobox', { name: ours('questions.article') }).inputValue()) ===
        words.chosen,
    )
  })
})

test('two supervisors at one article: the second is told, and loses nothing', async () => {
  const language = 'ru'
  const { console: ours } = wordsOf[language]
  const [one, two] = [await personIn(browser, language), await personIn(browser, language)]
  people.push(one, two)
  two.tolerate(/409 \(Conflict\)/)
  const colleague = { name: 'Арман Серік', email: 'arman@example.kz', password: 'articles are fun' }
  await hire(server.url, colleague, 'supervisor')
  await signIn(one.page, server.url, language, supervisor)
  await signIn(two.page, server.url, language, colleague)
  for (const { page } of [one, two]) await page.goto(`${server.url}/console#/articles/edoc/edoc.tariff`)
  const title = (person: Person) =>
    person.page.getByRole('group', { name: ours('article.ru') }).getByLabel(ours('article.titleField'))
  await title(one).fill('Первая правка')
  await title(two).fill('Вторая правка')
  await one.page.getByRole('button', { name: ours('article.save') }).click()
  await one.page.getByText(ours('article.saved')).waitFor()
  await two.page.getByRole('button', { name: ours('article.save') }).click()
  const told = two.page.getByRole('alert').filter({ hasText: supervisor.name })
  await told.getByRole('button', { name: ours('article.conflictCompare') }).click()
  await two.page.getByRole('dialog').locator('ins').getByText('Вторая').waitFor()
  await two.page.getByRole('button', { name: ours('article.conflictMine') }).click()
  expect(await title(two).inputValue()).toBe('Вторая правка')
  await two.page.getByRole('button', { name: ours('article.save') }).click()
  await two.page.getByText(ours('article.saved')).waitFor()
})
