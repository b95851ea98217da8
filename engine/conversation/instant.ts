/** A moment as an ISO 8601 string in UTC, with milliseconds: sorts as text, and survives JSON. */
export type Instant = string

/** A day of the desk's calendar: 2026-11-30. */
export type LocalDay = string
