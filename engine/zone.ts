import { IANAZone } from 'luxon'

const quarterMillis = 900_000
/** About three years of quarters. */
const mostQuarters = 100_000

/** A time zone that asks for its offset once a quarter of an hour: zones change at quarters, and asking is slow. */
class RememberingZone extends IANAZone {
  private readonly offsets = new Map<number, number>()

  override offset(at: number): number {
    const quarter = Math.floor(at / quarterMillis)
    const known = this.offsets.get(quarter)
    if (known !== undefined) return known
    const offset = super.offset(at)
    if (this.offsets.size >= mostQuarters) this.offsets.clear()
    if (!Number.isNaN(offset)) this.offsets.set(quarter, offset)
    return offset
  }
}

const zones = new Map<string, IANAZone>()

/** The time zone of an IANA name; throws when there is none of that name. */
export function zoneOf(name: string): IANAZone {
  const known = zones.get(name)
  if (known) return known
  const zone = new RememberingZone(name)
  if (!zone.isValid) throw new Error(`calendar has an unknown time zone: ${name}`)
  zones.set(name, zone)
  return zone
}
