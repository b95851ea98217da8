/** How dark a cell is, as a per cent of the accent colour, and whether light letters are needed on it. */
export type Heat = { readonly percent: number; readonly strong: boolean }

/** From this part of the busiest on, a cell is strong. Between 48 and 88 per cent no letters would be legible. */
const strongFrom = 0.6

/** The heat of a cell beside the busiest one; nothing is cold. */
export function heatOf(count: number, busiest: number): Heat {
  if (count === 0) return { percent: 0, strong: false }
  const part = count / busiest
  return part < strongFrom
    ? { percent: Math.round(10 + (38 * part) / strongFrom), strong: false }
    : { percent: Math.round(88 + (12 * (part - strongFrom)) / (1 - strongFrom)), strong: true }
}
