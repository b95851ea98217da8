/** A run of text; `href` when it may be followed. */
export type Run = { readonly text: string; readonly href?: string }

const address = /https?:\/\/[^\s<>"«»]+/giu

/** Only web addresses may be followed from text that people typed. */
export function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** Splits what a person typed into text and web addresses; a closing full stop or bracket stays outside. */
export function linkedText(text: string): Run[] {
  const runs: Run[] = []
  let from = 0
  for (const match of text.matchAll(address)) {
    let found = match[0].replace(/[.,;:!?…'*]+$/u, '')
    if (found.endsWith(')') && !found.includes('(')) found = found.slice(0, -1)
    const href = safeHref(found)
    if (!href) continue
    if (match.index > from) runs.push({ text: text.slice(from, match.index) })
    runs.push({ text: found, href })
    from = match.index + found.length
  }
  if (from < text.length) runs.push({ text: text.slice(from) })
  return runs
}
