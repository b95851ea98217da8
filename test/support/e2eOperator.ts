import type { Locator, Page } from 'playwright-core'
import type { Language } from '../../engine/language.ts'
import { administrator } from './e2eServer.ts'
import { type ConsoleWords, wordsOf } from './e2eWords.ts'

/** The console as an operator uses it. */
export type Desk = {
  readonly page: Page
  readonly words: ConsoleWords
  readonly queue: Locator
  readonly history: Locator
  readonly about: Locator
  readonly actions: Locator
  readonly row: (number: number) => Locator
  readonly answer: (text: string) => Promise<void>
  /** Closes the opened request, once the server has said that it was answered. */
  readonly resolve: () => Promise<void>
}

/** The console in a page where somebody is signed in. */
export function deskIn(page: Page, language: Language): Desk {
  const words = wordsOf[language].console
  const queue = page.getByRole('region', { name: words('queue.label') })
  const actions = page.getByRole('toolbar', { name: words('actions.label') })
  return {
    page,
    words,
    queue,
    history: page.getByRole('log', { name: words('thread.history') }),
    about: page.getByRole('complementary', { name: words('about.label') }),
    actions,
    row: (number) => queue.getByRole('button', { name: new RegExp(`№ ${number}(\\D|$)`) }),
    answer: async (text) => {
      const box = page.getByRole('textbox', { name: words('composer.reply'), exact: true })
      await box.fill(text)
      await box.press('Enter')
    },
    resolve: async () => {
      await actions.getByRole('button', { name: words('act.resolved') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words('resolve.text')).waitFor()
      await dialog.getByRole('button', { name: words('resolve.confirm') }).click()
    },
  }
}

/** Opens the console and signs in through its form; ends when the queue is there. */
export async function signIn(
  page: Page,
  url: string,
  language: Language,
  who: { readonly email: string; readonly password: string } = administrator,
): Promise<Desk> {
  const desk = deskIn(page, language)
  await page.goto(`${url}/console`)
  await page.getByLabel(desk.words('entry.email')).fill(who.email)
  await page.getByLabel(desk.words('entry.password'), { exact: true }).fill(who.password)
  await page.getByRole('button', { name: desk.words('entry.signIn') }).click()
  await desk.queue.getByRole('searchbox').waitFor()
  return desk
}

/** A colleague who can sign in, made through the invitation that the administrator gives out. */
export async function hire(
  url: string,
  who: { readonly email: string; readonly name: string; readonly password: string },
  role: 'operator' | 'supervisor' = 'operator',
): Promise<void> {
  const post = async (path: string, body: object, cookie = '') => {
    const answer = await fetch(`${url}/api/console/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-komekshi': '1', cookie },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const login = await post('login', administrator)
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const request = { email: who.email, role, desks: ['edoc'], languages: ['kk', 'ru'] }
  const { link } = (await (await post('invitations', request, cookie)).json()) as { link: string }
  const token = link.split('/').at(-1) ?? ''
  await post('accept', { token, name: who.name, password: who.password })
}
