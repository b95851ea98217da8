import { z } from 'zod'
import type { Calendar, DayRule, Shift, Week, Weekday } from './calendar.ts'

const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'a time such as 09:00', abort: true })

const shift = z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to, {
  error: 'a shift ends after it begins; a night shift is written as two',
  abort: true,
})

/** The working hours of one day: any number of shifts, in order. */
export const shiftsSchema: z.ZodType<readonly Shift[]> = z
  .array(shift)
  .refine(
    (list) => list.every(({ from }, index) => index === 0 || list[index - 1]!.to <= from),
    'shifts in the order of the day, none over another',
  )

/** An ISO weekday: 1 is Monday. */
export const weekdaySchema: z.ZodType<Weekday> = z.literal([1, 2, 3, 4, 5, 6, 7])

/** A time zone by its IANA name. */
export const zoneSchema = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}, 'an IANA time zone such as Asia/Almaty')

/** The working hours of a whole week. */
export const weekSchema: z.ZodType<Week> = z.strictObject({
  1: shiftsSchema,
  2: shiftsSchema,
  3: shiftsSchema,
  4: shiftsSchema,
  5: shiftsSchema,
  6: shiftsSchema,
  7: shiftsSchema,
})

/** What one date has instead of its weekday's hours. */
export const dayRuleSchema: z.ZodType<DayRule> = z.union([
  shiftsSchema,
  z.strictObject({ like: weekdaySchema }),
])

type CalendarData = Omit<Calendar, 'later'> & { later?: Calendar['later'] | undefined }

/** The shape of a business calendar that comes from data. */
export const calendarSchema: z.ZodType<CalendarData> = z.strictObject({
  zone: zoneSchema,
  week: weekSchema,
  later: z.array(z.strictObject({ from: z.iso.date(), week: weekSchema })).optional(),
  exceptions: z.record(z.iso.date(), dayRuleSchema),
})
