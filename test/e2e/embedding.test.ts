import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn, until } from '../support/e2eBrowser.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { chatIn } from '../support/e2eVisitor.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

let server: ServerUnderTest
let portal: Server
let portalUrl: string
let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchChromium()])
  portal = createServer((request, response) => {
    const language = request.url === '/ru' ? 'ru' : 'kk'
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${server.url}; frame-src ${server.url} 'self'`,
    )
    response.end(
      request.url === '/favicon.ico' || request.url === '/empty'
        ? '<!doctype html>'
        : `<!doctype html><html lang="${language}"><link rel="icon" href="data:,"><title>Portal</title>
           <h1>Portal</h1><script async src="${server.url}/widget.js" data-desk="edoc"></script></html>`,
    )
  })
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
  portalUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  portal?.closeAllConnections()
  portal?.close()
  await server?.stop()
})

/** A visitor on a portal of another origin, whose policy allows nothing but our script and our frame. */
async function atPortal(language: 'kk' | 'ru') {
  const visitor = await personIn(browser, language)
  people.push(visitor)
  visitor.tolerate(/data:,/)
  await visitor.page.goto(`${portalUrl}/${language}`)
  return { visitor, chat: chatIn(visitor.page, language) }
}

describe.each(bothLanguages)('On another portal under a strict policy, in %s', (language) => {
  const { assistant, widget } = wordsOf[language]

  test('one script tag is enough: the chat opens, answers, is closed and says what is unread', async () => {
    const { visitor, chat } = await atPortal(language)
    const box = await chat.button.boundingBox()
    expect(box).toMatchObject({ width: 60, height: 60 })
    expect((box?.x ?? 0) + 60).toBe(1280 - 20)
    await chat.button.click()
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    await chat.write(language === 'kk' ? 'Тарифтер қандай?' : 'Какие у вас тарифы?')
    await chat.sees(assistant('asking.didItHelp'))

    await chat.frame.getByRole('button', { name: widget('minimise') }).click()
    expect(await chat.button.getAttribute('aria-expanded')).toBe('false')
    await visitor.page.locator('iframe').waitFor({ state: 'hidden' })
    await visitor.page.evaluate(() => window.Komekshi?.open())
    await visitor.page.locator('iframe').waitFor({ state: 'visible' })
    await visitor.page.keyboard.press('Escape')
    await until(
      'the chat is closed by Escape',
      async () => (await chat.button.getAttribute('aria-expanded')) === 'false',
    )
  })
})

describe('Between the portal and the chat', () => {
  const { assistant } = wordsOf.ru

  test('the page cannot look into the frame, nor at what the visitor keeps there', async () => {
    const { visitor, chat } = await atPortal('ru')
    await chat.button.click()
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    const reached = await visitor.page.locator('iframe').evaluate((element) => {
      const { contentDocument, contentWindow } = element as HTMLIFrameElement
      const attempt = (look: () => unknown) => {
        try {
          return `read: ${look()}`
        } catch (error) {
          return (error as Error).name
        }
      }
      return [
        contentDocument === null,
        attempt(() => contentWindow?.document.body.innerText),
        attempt(() => contentWindow?.localStorage.length),
        attempt(() => contentWindow?.location.href),
        Object.keys(localStorage).filter((key) => key.includes('token')),
      ]
    })
    expect(reached).toEqual([true, 'SecurityError', 'SecurityError', 'SecurityError', []])
  })

  test('messages from a foreign window are ignored on both sides', async () => {
    const { visitor, chat } = await atPortal('ru')
    await chat.button.click()
    await chat.sees(assistant('greeting', { portal: 'E-DOC' }))
    await visitor.page.evaluate(async (address) => {
      const foreign = document.createElement('iframe')
      foreign.name = 'foreign'
      await new Promise((resolve) => {
        foreign.onload = resolve
        foreign.src = address
        document.body.append(foreign)
      })
    }, `${portalUrl}/empty`)
    const foreign = visitor.page.frame({ name: 'foreign' })
    await foreign?.evaluate(() => {
      const host = [...parent.document.querySelectorAll('*')].find(({ shadowRoot }) => shadowRoot)
      const chatWindow = host?.shadowRoot?.querySelector('iframe')?.contentWindow
      chatWindow?.postMessage({ komekshi: false }, '*')
      parent.postMessage({ komekshi: 'close' }, '*')
      parent.postMessage({ komekshi: 'unread', count: 99, label: 'ninety-nine' }, '*')
    })
    await visitor.page.evaluate(() => {
      postMessage({ komekshi: 'close' }, '*')
      postMessage({ komekshi: 'unread', count: 98, label: 'ninety-eight' }, '*')
    })

    // had the chat believed that it is closed, this answer would count as unread
    await chat.write('Какие у вас тарифы?')
    await chat.sees(assistant('asking.didItHelp'))
    expect(await chat.button.getAttribute('aria-expanded')).toBe('true')
    expect(await chat.button.innerText()).toBe('')
    expect(await visitor.page.getByText(/ninety/).count()).toBe(0)
  })

  test('the console lets nobody frame it', async () => {
    const { visitor } = await atPortal('ru')
    visitor.tolerate(/frame-ancestors|X-Frame-Options/i)
    const answer = await visitor.page.request.get(`${server.url}/console`)
    expect(answer.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
    await visitor.page.evaluate((address) => {
      const frame = document.createElement('iframe')
      frame.name = 'stolen'
      frame.src = address
      document.body.append(frame)
    }, `${server.url}/console`)
    await until('the browser shows an error in its place', () =>
      Boolean(visitor.page.frames().some((frame) => frame.url().startsWith('chrome-error:'))),
    )
  })
})
