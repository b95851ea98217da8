import { z } from 'zod'
import type { Calendar } from './calendar.ts'

const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time such as 09:00')

const shift = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from < to, 'a shift ends after it begins; a night shift is written as two')

const shifts = z
  .array(shift)
  .refine(
    (list) => list.every(({ from }, index) => index === 0 || list[index - 1]!.to <= from),
    'shifts in the order of the day, none over another',
  )

const weekday = z.literal([1, 2, 3, 4, 5, 6, 7])

const zone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}, 'an IANA time zone such as Asia/Almaty')

/** The shape of a business calendar that comes from data. */
export const calendarSchema: z.ZodType<Calendar> = z.strictObject({
  zone,
  week: z.strictObject({ 1: shifts, 2: shifts, 3: shifts, 4: shifts, 5: shifts, 6: shifts, 7: shifts }),
  exceptions: z.record(z.iso.date(), z.union([shifts, z.strictObject({ like: weekday })])),
})
