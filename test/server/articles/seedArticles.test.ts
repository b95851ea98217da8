import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../db/client.ts'
import { articleRevisions, keptArticle, keptArticles, writeArticle } from '../../../db/queries/articles.ts'
import { loadDesks } from '../../../desks/loadDesks.ts'
import { type ArticleEdit, editArticle } from '../../../engine/faq/keptArticle.ts'
import { seedArticles } from '../../../server/articles/seedArticles.ts'
import { testDatabase, testFolder } from '../http/testApp.ts'

const source = join(import.meta.dirname, '../../../desks')
const folder = testFolder()
const desks = join(folder.path, 'desks')
cpSync(join(source, 'kz-calendar.yaml'), join(desks, 'kz-calendar.yaml'))
cpSync(join(source, 'edoc'), join(desks, 'edoc'), { recursive: true })
const faq = join(desks, 'edoc/faq')
for (const name of readdirSync(faq).slice(5)) rmSync(join(faq, name))
const files = readdirSync(faq)
const [one = '', two = '', three = '', four = ''] = files
const idOf = (file: string) => `edoc.${file.replace(/\.md$/, '')}`
const ship = (file: string, more: string) =>
  writeFileSync(
    join(faq, file),
    readFileSync(join(faq, file), 'utf8').replace('<!-- ru -->\n', `<!-- ru -->\n${more}\n\n`),
  )

let database: Database
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ database, stop } = await testDatabase())
})
afterAll(async () => {
  await stop()
  folder.remove()
})

let day = 0
const start = () =>
  seedArticles(
    database.sql,
    loadDesks(desks, 2026),
    `2026-01-${String(++day).padStart(2, '0')}T00:00:00.000Z`,
  )
const kept = async (file: string) => {
  const article = await keptArticle(database.sql, 'edoc', idOf(file))
  if (!article) throw new Error(`${file} is not there`)
  return article
}
const aigerim = { id: '6c6d5b1c-64f0-4fb5-8a6f-2f7a3ed2a9aa', name: 'Айгерім' }
async function edit(file: string, change: ArticleEdit) {
  const at = `2026-01-${String(++day).padStart(2, '0')}T00:00:00.000Z`
  const edited = editArticle(await kept(file), change)
  if (!edited.ok) throw new Error(JSON.stringify(edited.why))
  expect(await writeArticle(database.sql, edited.article, { act: edited.act, at, by: aigerim })).toBe(true)
}

describe('the files of a desk seed the database', () => {
  it('with every article in force, once, whatever number of servers start', async () => {
    await Promise.all([start(), start()])
    await start()
    const all = await keptArticles(database.sql, ['edoc'])
    expect(all.map(({ id, stage, version }) => [id, stage, version])).toEqual(
      files.map((file) => [idOf(file), 'published', 1]),
    )
    expect(await articleRevisions(database.sql, 'edoc', idOf(one))).toMatchObject([
      { number: 1, act: 'shipped', by: null },
    ])
  })

  it('an upgrade changes what nobody edited, keeps what somebody did, and leaves taken out what was', async () => {
    const own = { kk: null, ru: { title: 'Своё', body: 'Своими словами', phrasings: [] } }
    await edit(two, { act: 'publish', content: own })
    await edit(three, { act: 'unpublish' })
    await edit(four, { act: 'unpublish' })
    await edit(four, { act: 'delete' })
    for (const file of [one, two, three, four]) ship(file, 'Новый абзац.')
    writeFileSync(
      join(faq, 'new-one.md'),
      readFileSync(join(faq, one), 'utf8').replace(idOf(one), 'edoc.new-one'),
    )
    await start()

    expect(await kept(one)).toMatchObject({ stage: 'published', version: 2, edited: false })
    expect((await kept(one)).published?.ru?.body).toContain('Новый абзац.')
    expect((await articleRevisions(database.sql, 'edoc', idOf(one)))[0]).toMatchObject({
      act: 'upgraded',
      by: null,
    })
    expect((await kept(two)).published).toEqual(own)
    expect((await kept(two)).shipped?.ru?.body).toContain('Новый абзац.')
    expect(await kept(three)).toMatchObject({ stage: 'unpublished', published: null })
    expect((await kept(four)).stage).toBe('deleted')
    expect(await kept('new-one.md')).toMatchObject({ stage: 'published', version: 1 })
    const versions = async () => (await keptArticles(database.sql, ['edoc'])).map(({ version }) => version)
    const before = await versions()
    await start()
    expect(await versions()).toEqual(before)
  })

  it('an article that is no longer shipped leaves the desk, and its words are kept', async () => {
    rmSync(join(faq, 'new-one.md'))
    await start()
    expect(await kept('new-one.md')).toMatchObject({ stage: 'unpublished', published: null })
    expect((await kept('new-one.md')).draft?.ru?.body).toContain('Новый абзац.')
  })
})

describe('two who change an article at once', () => {
  it('do not overwrite each other: the second is told', async () => {
    const seen = await kept(one)
    const save = (title: string) =>
      editArticle(seen, { act: 'save', content: { kk: null, ru: { title, body: 'б', phrasings: [] } } })
    const written = await Promise.all(
      ['Первая', 'Вторая'].map((title) => {
        const edited = save(title)
        if (!edited.ok) throw new Error('not in place')
        return writeArticle(database.sql, edited.article, {
          act: edited.act,
          at: seen.updatedAt,
          by: aigerim,
        })
      }),
    )
    expect(written.filter(Boolean)).toHaveLength(1)
    expect((await kept(one)).draft?.ru?.title).toBe(written[0] ? 'Первая' : 'Вторая')
    expect((await articleRevisions(database.sql, 'edoc', idOf(one))).map(({ number }) => number)).toEqual([
      3, 2, 1,
    ])
  })

  it('and every process is told of the desk whose articles changed', async () => {
    const told: string[] = []
    const listening = await database.sql.listen('komekshi_articles', (desk) => told.push(desk))
    await edit(one, { act: 'discard' })
    await expect.poll(() => told).toEqual(['edoc'])
    await listening.unlisten()
  })
})
