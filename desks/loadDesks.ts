import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
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
import {
  calendarExceptions,
  calendarYears,
  type HolidayData,
  holidayDataSchema,
  holidayExceptions,
} from '../engine/holidays.ts'
import { DeskDataError, found, readYaml } from './readYaml.ts'

export { DeskDataError }

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
  if (!Object.values(profile.hours).some((shifts) => shifts && shifts.length > 0))
    mistake(['hours'], 'the desk works on no day of the week')
  const { recognisedBy = {}, confirmedBy = {}, types = [] } = profile.contracts ?? {}
  for (const [part, named] of Object.entries({ recognisedBy, confirmedBy }))
    for (const [by, id] of Object.entries(named))
      if (!profile.identification.fields.some((field) => field.id === id))
        mistake(['contracts', part, by], `there is no field ${id} in the identification`)
  const typeIds = types.map(({ id }) => id)
  for (const [at, id] of typeIds.entries())
    if (typeIds.indexOf(id) < at) mistake(['contracts', 'types', at, 'id'], `the type ${id} is there twice`)
  const addressed = profile.notices?.email?.field
  const holder = fields.find(({ field }) => field.id === addressed)?.field
  if (addressed && holder?.kind !== 'email' && holder?.kind !== 'contact')
    mistake(['notices', 'email', 'field'], `there is no field ${addressed} of the kind email or contact`)
  for (const channel of ['widget', 'telegram'] as const)
    if (!profile.sla.some((policy) => promisesAll(policy, channel)))
      mistake(['sla'], `no first response is promised to everybody on the channel ${channel}`)
  const type = profile.request.fields.find(({ id }) => id === 'type')
  for (const [at, { types }] of profile.sla.entries())
    for (const wanted of types ?? [])
      if (!type?.options?.some(({ id }) => id === wanted))
        mistake(['sla', at, 'types'], `the request's field "type" has no option ${wanted}`)
})

/** Where a folder of desks has the holidays of the country. */
export const holidaysFile = (folder: string): string => join(folder, 'kz-calendar.yaml')

/** Reads the holidays of the country. Throws `DeskDataError` naming file, line and expectation. */
export function readHolidays(folder: string): HolidayData {
  const path = holidaysFile(folder)
  return readYaml(path, relative(join(folder, '..'), path), holidayDataSchema)
}

/**
 * Reads every desk of a folder (`<desk>/desk.yaml`, `<desk>/faq/*.md`) with the country's holidays
 * (`kz-calendar.yaml`) of the years around `year`. Throws `DeskDataError` naming file, line and expectation.
 */
export function loadDesks(folder: string, year: number): ReadonlyMap<string, Desk> {
  const shownAs = (path: string) => relative(join(folder, '..'), path)
  const { first, last } = calendarYears(year)
  const exceptions = calendarExceptions(holidayExceptions(readHolidays(folder), first, last))
  const read = found(shownAs(folder), () => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readDesk(join(folder, name), name, shownAs))
  if (read.length === 0) throw new DeskDataError(`${shownAs(folder)}: no desk here (a folder with desk.yaml)`)
  const unindexed = read.map(({ profile, articles }) => ({
    ...profile,
    calendar: calendarOf(profile.zone, profile.hours, exceptions),
    calendarVersion: 0,
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
