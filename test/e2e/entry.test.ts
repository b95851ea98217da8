import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leave, type Person, personIn } from '../support/e2eBrowser.ts'
import { deskIn, hire, signIn } from '../support/e2eOperator.ts'
import { type ServerUnderTest, startServer } from '../support/e2eServer.ts'
import { bothLanguages, wordsOf } from '../support/e2eWords.ts'

let browser: Browser
const people: Person[] = []
const servers: ServerUnderTest[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(() => leave(people))
afterAll(async () => {
  await browser?.close()
  await Promise.all(servers.map((server) => server.stop()))
})

async function someone(language: 'kk' | 'ru'): Promise<Person> {
  const person = await personIn(browser, language)
  people.push(person)
  return person
}

/** What a browser writes when the server refuses. */
const refused = (path: string) => new RegExp(`the server responded with a status of 4\\d\\d .*${path}`)

describe.each(bothLanguages)('Coming to work, in %s', (language) => {
  const { assistant, console: ours } = wordsOf[language]
  const admin = { name: 'Гүлнар Тоқтарова', email: 'gulnar@example.kz', password: 'first administrator' }
  const invited = { name: 'Ержан Қасымов', email: 'yerzhan@example.kz', password: 'invited operator' }

  test('from the one-time link to an operator who signs in, and is signed out when deactivated', async () => {
    const server = await startServer({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } })
    servers.push(server)
    const [first, second, late] = [await someone(language), await someone(language), await someone(language)]
    for (const person of [second, late]) person.tolerate(refused('/api/console/'))
    const label = (person: Person, key: 'entry.email' | 'entry.password' | 'invitation.name') =>
      person.page.getByLabel(ours(key), { exact: true })

    // the link that the start has printed makes the first administrator
    const link = /http\S+#\/invitation\/\S+/.exec(server.printed())?.[0] ?? ''
    await first.page.goto(link)
    await first.page.getByText(ours('invitation.first')).waitFor()
    await label(first, 'invitation.name').fill(admin.name)
    await label(first, 'entry.email').fill(admin.email)
    await label(first, 'entry.password').fill('short')
    await first.page.getByRole('button', { name: ours('invitation.accept') }).click()
    await first.page.getByText(ours('invitation.passwordShort', { count: 5 })).waitFor()
    await label(first, 'entry.password').fill(admin.password)
    await first.page.getByRole('button', { name: ours('invitation.accept') }).click()
    const desk = deskIn(first.page, language)
    await desk.queue.getByText(ours('empty.waiting')).waitFor()
    await late.page.goto(link)
    await late.page.getByText(assistant('refusal.invitationGone')).waitFor()

    // the administrator invites
    await first.page.getByRole('link', { name: ours('nav.team') }).click()
    await first.page.getByRole('button', { name: ours('team.invite') }).click()
    const dialog = first.page.getByRole('dialog')
    await dialog.getByLabel(ours('entry.email')).fill(invited.email)
    await dialog.getByRole('checkbox', { name: /E-DOC/ }).check()
    await dialog.getByRole('button', { name: ours('invite.make') }).click()
    const invitation = await dialog.getByLabel(ours('invite.link')).inputValue()
    await dialog.getByRole('button', { name: ours('action.done') }).click()
    await first.page.getByText(invited.email).waitFor()

    // the operator accepts; the link works once
    await second.page.goto(invitation)
    await second.page
      .getByText(ours('invitation.asRole', { role: ours('role.operator'), email: invited.email }))
      .waitFor()
    await label(second, 'invitation.name').fill(invited.name)
    await label(second, 'entry.password').fill(invited.password)
    await second.page.getByRole('button', { name: ours('invitation.accept') }).click()
    await deskIn(second.page, language).queue.getByText(ours('empty.waiting')).waitFor()
    expect(await second.page.getByRole('link', { name: ours('nav.team') }).count()).toBe(0)
    await late.page.goto('about:blank')
    await late.page.goto(invitation)
    await late.page.getByText(assistant('refusal.invitationGone')).waitFor()

    // out, in with a slip, and in
    await second.page.getByRole('button', { name: ours('action.signOut') }).click()
    await second.page.getByText(ours('entry.left')).waitFor()
    await label(second, 'entry.email').fill(invited.email)
    await label(second, 'entry.password').fill('not the password')
    await second.page.getByRole('button', { name: ours('entry.signIn') }).click()
    await second.page.getByText(assistant('refusal.wrongPassword')).waitFor()
    await label(second, 'entry.password').fill(invited.password)
    await second.page.getByRole('button', { name: ours('entry.signIn') }).click()
    await deskIn(second.page, language).queue.getByText(ours('empty.waiting')).waitFor()

    // deactivated: out at once, and not in again
    await first.page.reload()
    const row = first.page.getByRole('row').filter({ hasText: invited.email })
    await row.getByRole('button', { name: ours('team.deactivate') }).click()
    await first.page
      .getByRole('dialog')
      .getByRole('button', { name: ours('team.deactivate') })
      .click()
    await second.page.getByText(ours('entry.ended')).waitFor()
    await row.getByText(ours('team.inactive')).waitFor()
    await label(second, 'entry.email').fill(invited.email)
    await label(second, 'entry.password').fill(invited.password)
    await second.page.getByRole('button', { name: ours('entry.signIn') }).click()
    await second.page.getByText(assistant('refusal.wrongPassword')).waitFor()
  })
})

describe('Without the right', () => {
  test('an operator finds no team to change, neither on the screen nor behind it', async () => {
    const server = await startServer()
    servers.push(server)
    const who = { name: 'Айбек Нұрланов', email: 'aibek@example.kz', password: 'a long enough phrase' }
    await hire(server.url, who)
    const person = await someone('ru')
    person.tolerate(refused('/api/console/'))
    await signIn(person.page, server.url, 'ru', who)
    await person.page.goto(`${server.url}/console#/team`)
    await person.page.getByText(wordsOf.ru.console('team.forbidden')).waitFor()
    const statuses = await person.page.evaluate(async () => {
      const ask = async (path: string, init?: RequestInit) =>
        (await fetch(`/api/console/${path}`, init)).status
      const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      return [
        await ask('operators'),
        await ask('invitations'),
        await ask('invitations', { ...post, headers: { ...post.headers, 'x-komekshi': '1' } }),
        await ask('logout', post),
      ]
    })
    expect(statuses).toEqual([403, 403, 403, 403])
  })
})
