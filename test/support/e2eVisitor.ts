import type { FrameLocator, Locator, Page } from 'playwright-core'
import type { Language } from '../../engine/language.ts'
import { someone } from './conversation.ts'
import { type Person, until } from './e2eBrowser.ts'
import { wordsOf } from './e2eWords.ts'

/** The chat in a portal's page, as a visitor uses it. */
export type Chat = {
  readonly frame: FrameLocator
  readonly log: Locator
  readonly button: Locator
  readonly field: (label: string) => Locator
  readonly write: (text: string) => Promise<void>
  /** Presses the newest button with this label. */
  readonly press: (label: string) => Promise<void>
  readonly sees: (text: string | RegExp) => Promise<void>
}

/** The chat of a page, whose words are in `language`. */
export function chatIn(page: Page, language: Language): Chat {
  const words = wordsOf[language]
  const frame = page.frameLocator('iframe[title]')
  const log = frame.getByRole('log', { name: words.widget('messages') })
  return {
    frame,
    log,
    button: page.getByRole('button', { name: words.chat }),
    field: (label) => log.getByLabel(label, { exact: true }),
    write: async (text) => {
      await frame.getByRole('textbox', { name: words.widget('write') }).fill(text)
      await frame.getByRole('button', { name: words.widget('send'), exact: true }).click()
    },
    press: (label) => frame.getByRole('button', { name: label, exact: true }).last().click(),
    sees: (text) => log.getByText(text).last().waitFor(),
  }
}

/** Opens the demo portal in a language, and the chat by its button. */
export async function openChat(page: Page, url: string, language: Language): Promise<Chat> {
  await page.goto(`${url}/?lang=${language}`)
  const chat = chatIn(page, language)
  await chat.button.click()
  await chat.frame
    .getByRole('button', { name: wordsOf[language].assistant('choice.operator') })
    .last()
    .waitFor()
  return chat
}

/** What the request forms of the edoc desk call their fields. */
export const labels = {
  kk: {
    iin: 'ЖСН',
    fullName: 'Тегі, аты, әкесінің аты',
    contact: 'Телефон немесе электрондық пошта',
    consultation: 'Кеңес керек',
    defect: 'Қате немесе ақау',
    description: 'Не болды',
    files: 'Экран суреті немесе файл',
  },
  ru: {
    iin: 'ИИН',
    fullName: 'Фамилия, имя, отчество',
    contact: 'Телефон или электронная почта',
    consultation: 'Нужна консультация',
    defect: 'Ошибка или недоработка',
    description: 'Что случилось',
    files: 'Снимок экрана или файл',
  },
} as const

/** From the first form to the registered request, without files. */
export async function fillEverything(chat: Chat, language: Language, description: string): Promise<void> {
  const { assistant } = wordsOf[language]
  const label = labels[language]
  await chat.field(label.iin).fill(someone.iin)
  await chat.field(label.fullName).fill(someone.fullName)
  await chat.field(label.contact).fill(someone.contact)
  await chat.press(assistant('form.submit'))
  await chat.log.getByRole('radio', { name: label.consultation }).check()
  await chat.field(label.description).fill(description)
  await chat.press(assistant('form.submit'))
  await chat.press(assistant('choice.confirm'))
}

/** The number on the newest ticket card. */
export async function ticketNumber(chat: Chat, language: Language): Promise<number> {
  const card = chat.log.getByRole('region', { name: wordsOf[language].widget('ticket') }).last()
  let number = 0
  await until('the ticket card shows a number', async () => {
    number = Number(/№\s*(\d+)/.exec((await card.textContent()) ?? '')?.[1] ?? 0)
    return number > 0
  })
  return number
}

/** Opens a conversation that was begun elsewhere, by its token, in the demo portal. */
export async function continueChat(
  visitor: Pick<Person, 'context' | 'page'>,
  url: string,
  language: Language,
  token: string,
): Promise<Chat> {
  await visitor.context.addInitScript((key) => {
    if (location.pathname === '/widget/') localStorage.setItem('komekshi.edoc.token', key)
  }, token)
  await visitor.page.goto(`${url}/?lang=${language}`)
  const chat = chatIn(visitor.page, language)
  await chat.button.click()
  await chat.log.locator('.message').first().waitFor()
  return chat
}
