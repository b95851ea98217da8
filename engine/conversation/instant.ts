/** A moment as an ISO 8601 string in UTC, with milliseconds: sorts as text, and survives JSON. */
export type Instant = string
