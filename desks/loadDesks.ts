import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { calendarOf } from '../engine/calendar.ts'
import {
  type Channel,
  type Desk,
  type DeskProfile,
  deskProfileSchema,
  type SlaPolicy,
} from '../engine/desk.ts'
import { type Article, parseArticle } from '../engine/faq/article.ts'
import { buildFaqIndex } from '../engine/faq/index.ts'
import { surroundingsOf } from '../engine/faq/surroundings.ts'
import { calendarExceptions, holidayDataSchema, holidayExceptions } from '../engine/holidays.ts'

/** A desk's data is wrong: each line names the file, the line and what was expected. */
export class DeskDataError extends Error {}

/** What `read` gives; a file or folder that is not there is a mistake in the data. */
function found<T>(shown: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      throw new DeskDataError(`${shown}: there is no such file or folder`)
    throw error
  }
}

/** Reads a YAML file by its schema. Throws `DeskDataError` with every mistake in it. */
function readYaml<T>(path: string, shown: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter()
  const text = found(shown, () => readFileSync(path, 'utf8'))
  const document = parseDocument(text, { lineCounter: lines })
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
  return found(shown, () => readdirSync(folder))
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

/** Whether a policy promises a first response to whoever comes by a channel. */
const promisesAll = ({ metric, channels, levels, priorities, types }: SlaPolicy, channel: Channel) =>
  metric === 'firstResponse' && (channels?.includes(channel) ?? true) && !levels && !priorities && !types

/** A desk's profile whose parts fit together: what each refers to is there. */
const fittingProfileSchema: z.ZodType<DeskProfile> = deskProfileSchema.superRefine((profile, ctx) => {
  const mistake = (path: (string | number)[], message: string) => {
    ctx.addIssue({ code: 'custom', path, message })
  }
  const fields = (['identification', 'request'] as const).flatMap((part) =>
    profile[part].fields.map((field, at) => ({ field, path: [part, 'fields', at] })),
  )
  const ids = fields.map(({ field }) => field.id)
  for (const [at, { field, path }] of fields.entries()) {
    if (ids.indexOf(field.id) < at) mistake([...path, 'id'], `the field ${field.id} is asked for twice`)
    if (field.onlyWith && !ids.includes(field.onlyWith))
      mistake([...path, 'onlyWith'], `there is no field ${field.onlyWith}`)
    if (field.kind === 'choice' && !field.options?.length) mistake(path, 'a choice needs options')
  }
  const { recognisedBy = {}, confirmedBy = {}, types = [] } = profile.contracts ?? {}
  for (const [part, named] of Object.entries({ recognisedBy, confirmedBy }))
    for (const [by, id] of Object.entries(named))
      if (!profile.identification.fields.some((field) => field.id === id))
        mistake(['contracts', part, by], `there is no field ${id} in the identification`)
  const typeIds = types.map(({ id }) => id)
  for (const [at, id] of typeIds.entries())
    if (typeIds.indexOf(id) < at) mistake(['contracts', 'types', at, 'id'], `the type ${id} is there twice`)
  for (const channel of ['widget', 'telegram'] as const)
    if (!profile.sla.some((policy) => promisesAll(policy, channel)))
      mistake(['sla'], `no first response is promised to everybody on the channel ${channel}`)
  const type = profile.request.fields.find(({ id }) => id === 'type')
  for (const [at, { types }] of profile.sla.entries())
    for (const wanted of types ?? [])
      if (!type?.options?.some(({ id }) => id === wanted))
        mistake(['sla', at, 'types'], `the request's field "type" has no option ${wanted}`)
})

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
  const read = found(shownAs(folder), () => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readDesk(join(folder, name), name, shownAs))
  if (read.length === 0) throw new DeskDataError(`${shownAs(folder)}: no desk here (a folder with desk.yaml)`)
  const unindexed = read.map(({ profile, articles }) => ({
    ...profile,
    calendar: calendarOf(profile.zone, profile.hours, exceptions),
    articles: new Map(articles.map((article) => [article.id, article])),
    others: new Map(
      read.flatMap((other) => (other.profile.id === profile.id ? [] : [[other.profile.id, other.profile]])),
    ),
  }))
  return new Map(
    unindexed.map((desk): [string, Desk] => [
      desk.id,
      { ...desk, faq: buildFaqIndex([...desk.articles.values()], surroundingsOf(desk, unindexed)) },
    ]),
  )
}

/** One desk's own files: `desk.yaml` and the articles of `faq/`. */
function readDesk(home: string, name: string, shownAs: (path: string) => string) {
  const path = join(home, 'desk.yaml')
  const profile = readYaml(path, shownAs(path), fittingProfileSchema)
  if (profile.id !== name)
    throw new DeskDataError(`${shownAs(path)}: id: the desk in the folder ${name} calls itself ${profile.id}`)
  return { profile, articles: readArticles(join(home, 'faq'), shownAs(join(home, 'faq'))) }
}
