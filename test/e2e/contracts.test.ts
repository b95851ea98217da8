import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../engine/language.ts'
import { launchChromium } from '../support/chromium.ts'
import { someone } from '../support/conversation.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { type Desk, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { labels, openChat, ticketNumber } from '../support/e2eVisitor.ts'
import { wordsOf } from '../support/e2eWords.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'

let server: ServerUnderTest
let browser: Browser
let telegram: FakeBotApi
const people: Person[] = []

beforeAll(async () => {
  telegram = await startFakeBotApi()
  ;[server, browser] = await Promise.all([
    startServer({
      env: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
        TELEGRAM_DESK: 'cryptopro',
      },
    }),
    launchChromium(),
  ])
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await telegram?.stop()
})

/** A text as an old Russian spreadsheet saves it. */
const windows1251 = (text: string) =>
  Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const quotes: Readonly<Record<string, number>> = { '«': 0xab, '»': 0xbb }
      return code < 128 ? code : (quotes[letter] ?? code - 0x350)
    }),
  )

/** The console's contracts of a desk, where somebody who keeps them is signed in. */
async function contractsOf(language: Language, deskName: string): Promise<Desk> {
  const person = await personIn(browser, language)
  people.push(person)
  const desk = await signIn(person.page, server.url, language)
  const { page, words } = desk
  await page.getByRole('link', { name: words('nav.contracts') }).click()
  await page.getByRole('heading', { name: words('contracts.title') }).waitFor()
  await page.getByRole('main').getByLabel(words('queue.desk')).selectOption(deskName)
  return desk
}

/** Imports a file: what it would do is shown, and only then it is done. */
async function imports({ page, words }: Desk, file: Buffer, shows: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: words('contracts.import') }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: file })
  for (const text of shows) await dialog.getByText(text).first().waitFor()
  await dialog.getByText(words('import.nothingYet')).waitFor()
  await dialog.getByRole('button', { name: words('import.confirm', { count: 1 }) }).click()
  await dialog.getByText(words('import.done', { added: '1', changed: '0' })).waitFor()
  await dialog.getByRole('button', { name: words('action.done') }).click()
}

describe('contracts, from a table to a request', () => {
  test('in Kazakh: imported, recognised by the BIN in the widget, shown beside the request', async () => {
    const desk = await contractsOf('kk', 'edoc')
    const { words } = desk
    const file = `БСН;Ұйым;Деңгейі;Басталуы;Аяқталуы\n${someone.bin};ЖШС «Ромашка»;VIP;01.01.2026;31.12.2026\n123;ЖШС «Қате»;VIP;01.01.2026;31.12.2026\n`
    await imports(desk, Buffer.from(file), [
      words('import.new', { count: '1' }),
      words('import.wrong', { count: '1' }),
      words('import.fault.bin'),
    ])
    await desk.page.getByRole('rowheader', { name: /ЖШС «Ромашка»/ }).waitFor()
    await desk.page.getByLabel(words('contracts.search')).fill('ромаш')
    await desk.page.getByRole('rowheader', { name: /ЖШС «Ромашка»/ }).waitFor()

    const visitor = await personIn(browser, 'kk')
    people.push(visitor)
    const { assistant } = wordsOf.kk
    const chat = await openChat(visitor.page, server.url, 'kk')
    await chat.press(assistant('choice.operator'))
    await chat.press(assistant('choice.consent'))
    await chat.field(labels.kk.iin).fill(someone.iin)
    await chat.field(labels.kk.fullName).fill(someone.fullName)
    await chat.log.getByLabel(/^Ұйым/).fill('Ромашка ЖШС')
    await chat.log.getByLabel(/^БСН/).fill(someone.bin)
    await chat.field(labels.kk.contact).fill(someone.contact)
    await chat.press(assistant('form.submit'))
    await chat.sees(
      /Шарт бойынша VIP қолдау көрсетіледі: .*Ромашка.*2026 жылғы 31 желтоқсан күніне дейін жарамды\./,
    )
    await chat.log.getByRole('radio', { name: labels.kk.defect }).check()
    await chat.field(labels.kk.description).fill('Қол қою батырмасы басылмайды')
    await chat.press(assistant('form.submit'))
    await chat.press(assistant('choice.confirm'))
    const number = await ticketNumber(chat, 'kk')

    await desk.page.getByRole('link', { name: words('nav.queue') }).click()
    await desk.row(number).getByText(words('level.vip')).waitFor()
    await desk.row(number).click()
    const about = desk.about.getByRole('region', { name: words('about.contract') })
    await about.getByText('ЖШС «Ромашка»').waitFor()
    await about.getByText('01.01.2026 — 31.12.2026').waitFor()
    expect(visitor.complaints).toEqual([])
  })

  test('in Russian: from an old table, a mistyped number is corrected in Telegram', async () => {
    const desk = await contractsOf('ru', 'cryptopro')
    const { words } = desk
    const file = windows1251(
      'Номер;Организация;Тип;Начало;Окончание\r\nТП-2026/000817;ТОО «Алатау»;workplace;01.01.2026;31.12.2026\r\n',
    )
    await imports(desk, file, [words('import.new', { count: '1' }), words('import.encoding'), 'ТОО «Алатау»'])

    const user = telegram.user(77, { language_code: 'ru' })
    user.sends('/operator')
    await user.sees('согласие на использование')
    user.presses('Согласен')
    await user.sees('вашей учётной записи')
    user.sends('rasul@example.kz')
    await user.sees('номер сертификата')
    user.sends('ТП-2026/000871')
    await user.sees('До какого числа')
    user.sends('31.12.2026')
    await user.sees('Сертификат № ТП-2026/000871 не нашёлся')
    await user.sees('самый низкий приоритет')
    user.sends('тп 2026 000817')
    const recognised = await user.sees('Сертификат № тп 2026 000817 действует до 31 декабря 2026 года')
    expect(recognised.text).not.toContain('Алатау')
    await user.sees('По какому продукту')
    user.presses('КриптоПро CSP')
    await user.sees('тему обращения')
    user.sends('Не запускается КриптоПро CSP')
    await user.sees('как можно подробнее')
    user.sends('После обновления окно не открывается')
    for (const asked of ['операционная система', 'каких версий']) {
      await user.sees(asked)
      user.presses('Не знаю')
    }
    await user.sees('Приложите снимки')
    user.presses('Без файлов')
    await user.sees('Проверьте, пожалуйста, обращение')
    user.presses('Отправить обращение')
    const registered = await user.sees(/№ \d+/)
    await user.sees('принято')
    expect(registered.text).not.toContain('Алатау')

    await desk.page.getByRole('link', { name: words('nav.queue') }).click()
    const row = desk.queue.getByRole('button', { name: /Не запускается|окно не открывается/ })
    await row.click()
    const about = desk.about.getByRole('region', { name: words('about.contract') })
    await about.getByText('ТОО «Алатау»').waitFor()
    await about.getByText(words('contract.openOf', { open: 1, limit: 2 })).waitFor()

    // the contract turns out to be another's: it is taken off, and named again
    await desk.actions.getByRole('button', { name: words('act.took') }).click()
    await about.getByRole('button', { name: words('attach.change') }).click()
    await desk.page
      .getByRole('dialog')
      .getByRole('button', { name: words('attach.detach') })
      .click()
    await about.getByText(words('about.noContract')).waitFor()
    await user.sees('не подошёл')
    await about.getByRole('button', { name: words('attach.open') }).click()
    const dialog = desk.page.getByRole('dialog')
    await dialog.getByLabel(words('attach.search')).fill('000817')
    await dialog.getByRole('radio').check()
    await dialog.getByRole('button', { name: words('attach.confirm') }).click()
    await user.sees('Специалист нашёл ваш сертификат')
    await until('the contract is back', async () => (await about.getByText('ТОО «Алатау»').count()) === 1)
  })
})
