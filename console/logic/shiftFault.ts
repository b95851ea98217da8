import type { Shift } from '../../engine/calendar.ts'

const time = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/

/** What is wrong with the shifts of one day; undefined: they are in order. */
export function shiftFault(shifts: readonly Shift[]): 'time' | 'order' | 'overlap' | undefined {
  if (shifts.some(({ from, to }) => !time.test(from) || !time.test(to))) return 'time'
  if (shifts.some(({ from, to }) => from >= to)) return 'order'
  const overlap = shifts.some(({ from }, index) => index > 0 && (shifts[index - 1]?.to ?? '') > from)
  return overlap ? 'overlap' : undefined
}

/** Whether the day has room for another shift. */
export const hasRoom = (shifts: readonly Shift[]): boolean => (shifts.at(-1)?.to ?? '00:00') < '23:00'

/** Another shift: a whole day where there is none, a lunch in the only one, else an hour after the last. */
export function withShift(shifts: readonly Shift[]): readonly Shift[] {
  const last = shifts.at(-1)
  if (!last) return [{ from: '09:00', to: '18:00' }]
  if (shifts.length === 1 && last.from < '13:00' && last.to > '14:00')
    return [
      { from: last.from, to: '13:00' },
      { from: '14:00', to: last.to },
    ]
  if (!hasRoom(shifts)) return shifts
  const from = `${String(Number(last.to.slice(0, 2)) + 1).padStart(2, '0')}:00`
  return [...shifts, { from, to: from < '20:00' ? '20:00' : '24:00' }]
}
