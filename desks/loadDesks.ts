import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { calendarOf } from '../engine/calendar.ts'
import { type Desk, type DeskProfile, deskProfileSchema } from '../engine/desk.ts'
import { type Article, parseArticle } from '../engine/faq/article.ts'
import { buildFaqIndex } from '../engine/faq/index.ts'
import { calendarExceptions, holidayDataSchema, holidayExceptions } from '../engine/holidays.ts'

/** A desk's data is wrong: each line names the file, the line and what was expected. */
export class DeskDataError extends Error {}

/** Reads a YAML file by its schema. Throws `DeskDataError` with every mistake in it. */
function readYaml<T>(path: string, shown: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const at = (offset: number) => `${shown}:${lines.linePos(offset).line}`
  if (document.errors.length > 0)
    throw new DeskDataError(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join('\n'))
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const lineOf = (steps: readonly PropertyKey[]): number => {
    const node = document.getIn(steps as string[], true) as { range?: readonly number[] } | undefined
    return node?.range?.[0] ?? (steps.length > 0 ? lineOf(steps.slice(0, -1)) : 0)
  }
  throw new DeskDataError(
    parsed.error.issues
      .map((issue) => `${at(lineOf(issue.path))}: ${issue.path.join('.') || 'file'}: ${issue.message}`)
      .join('\n'),
  )
}

function readArticles(folder: string, shown: string): readonly Article[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      try {
        return parseArticle(readFileSync(join(folder, name), 'utf8'))
      } catch (error) {
        throw new DeskDataError(`${shown}/${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    })
}

/** Checks what the schema of one file cannot see: references between its parts. */
function checkReferences(profile: DeskProfile, shown: string): void {
  const fields = [...profile.identification.fields, ...profile.request.fields]
  const ids = fields.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice) throw new DeskDataError(`${shown}: the field ${twice} is asked for twice`)
  for (const field of fields) {
    if (field.onlyWith && !ids.includes(field.onlyWith))
      throw new DeskDataError(`${shown}: ${field.id}.onlyWith: there is no field ${field.onlyWith}`)
    if (field.kind === 'choice' && !field.options?.length)
      throw new DeskDataError(`${shown}: ${field.id}: a choice needs options`)
  }
  for (const channel of ['widget', 'telegram'] as const)
    if (!profile.firstResponse.some(({ channels }) => channels.includes(channel)))
      throw new DeskDataError(`${shown}: firstResponse: nothing is promised on the channel ${channel}`)
}

/**
 * Reads every desk of a folder (`<desk>/desk.yaml`, `<desk>/faq/*.md`) with the country's holidays
 * (`kz-calendar.yaml`) of the years around `year`. Throws `DeskDataError` naming file, line and expectation.
 */
export function loadDesks(folder: string, year: number): ReadonlyMap<string, Desk> {
  const shownAs = (path: string) => relative(join(folder, '..'), path)
  const holidaysPath = join(folder, 'kz-calendar.yaml')
  const exceptions = calendarExceptions(
    holidayExceptions(readYaml(holidaysPath, shownAs(holidaysPath), holidayDataSchema), year - 2, year + 3),
  )
  const read = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readDesk(join(folder, name), name, shownAs))
  if (read.length === 0) throw new DeskDataError(`${shownAs(folder)}: no desk here (a folder with desk.yaml)`)
  return new Map(
    read.map(({ profile, articles }): [string, Desk] => {
      const others = read.filter((other) => other.profile.id !== profile.id)
      return [
        profile.id,
        {
          ...profile,
          calendar: calendarOf(profile.zone, profile.hours, exceptions),
          articles: new Map(articles.map((article) => [article.id, article])),
          faq: buildFaqIndex(articles, {
            outOfScope: profile.outOfScope.map(({ id, phrasings }) => ({ id, phrasings })),
            otherDesks: others.map((other) => ({ id: other.profile.id, articles: other.articles })),
          }),
          others: new Map(others.map((other) => [other.profile.id, other.profile])),
        },
      ]
    }),
  )
}

/** One desk's own files: `desk.yaml` and the articles of `faq/`. */
function readDesk(home: string, name: string, shownAs: (path: string) => string) {
  const path = join(home, 'desk.yaml')
  const profile = readYaml(path, shownAs(path), deskProfileSchema)
  if (profile.id !== name)
    throw new DeskDataError(`${shownAs(path)}: id: the desk in the folder ${name} calls itself ${profile.id}`)
  checkReferences(profile, shownAs(path))
  return { profile, articles: readArticles(join(home, 'faq'), shownAs(join(home, 'faq'))) }
}
