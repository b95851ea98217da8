import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '../../engine/language.ts'

/** Somebody at their own computer: a browser profile of their own, and all that went wrong on their pages. */
export type Person = {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browsers' consoles and uncaught errors said on any of this person's pages. */
  readonly complaints: readonly string[]
  /** Every websocket frame that reached any of this person's pages. */
  readonly frames: readonly string[]
  /** From now on such complaints are to be expected. */
  readonly tolerate: (pattern: RegExp) => void
}

const patience = 15_000

/** A browser asks who is signed in before anybody is: it reports the refusal as an error. */
const notSignedInYet = /401 \(Unauthorized\).*\/api\/console\/me/

/** Opens a browser profile that speaks `language`, with one empty page. */
export async function personIn(
  browser: Browser,
  language: Language,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const context = await browser.newContext({
    locale: language === 'kk' ? 'kk-KZ' : 'ru-RU',
    timezoneId: 'Asia/Almaty',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  context.setDefaultTimeout(patience)
  const complaints: string[] = []
  const frames: string[] = []
  const tolerated = [notSignedInYet]
  const complain = (words: string) => {
    if (!tolerated.some((pattern) => pattern.test(words))) complaints.push(words)
  }
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complain(`${message.text()} at ${message.location().url}`)
  })
  context.on('weberror', (error) => complain(`uncaught ${error.error().stack}`))
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog opened: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => frames.push(payload.toString())),
    )
  })
  return {
    context,
    page: await context.newPage(),
    complaints,
    frames,
    tolerate: (pattern) => tolerated.push(pattern),
  }
}

/**
 * Holds that nobody's browser had anything to complain about, then closes their profiles. E2E_PICTURES names a folder
 * where the last look of every page is kept, to see why a test failed.
 */
export async function leave(people: Person[]): Promise<void> {
  const all = people.splice(0)
  const folder = process.env.E2E_PICTURES
  if (folder)
    for (const [i, { context }] of all.entries())
      for (const [j, page] of context.pages().entries()) {
        const name = expect.getState().currentTestName?.replace(/[^\p{L}\d]+/gu, ' ')
        await page.screenshot({ path: join(folder, `${name} ${i}${j}.png`) })
      }
  const complaints = all.flatMap(({ complaints }) => complaints)
  await Promise.all(all.map(({ context }) => context.close()))
  expect(complaints).toEqual([])
}

/** Waits until `probe` gives `true`, looking again and again; fails after fifteen seconds, saying what was awaited. */
export async function until(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(probe, { message: what, timeout: patience, interval: 50 }).toBe(true)
}
