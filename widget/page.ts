import type { Language } from '../engine/language.ts'

/** What the address of the chat's page says. */
export type Page = {
  readonly desk: string
  readonly language: Language
  /** The origin of the portal's page around the chat; none when it was opened by itself. */
  readonly portal?: string
}

/** Reads `?desk=…&lang=…#<origin of the portal>`; without a language the browser's first, else Kazakh. */
export function pageOf(location: Pick<Location, 'search' | 'hash'>, browserLanguage = ''): Page {
  const query = new URLSearchParams(location.search)
  const language = (query.get('lang') ?? browserLanguage).toLowerCase()
  const portal = originOf(decodeURIComponent(location.hash.slice(1)))
  return {
    desk: query.get('desk') ?? 'edoc',
    language: language.startsWith('ru') ? 'ru' : 'kk',
    ...(portal && { portal }),
  }
}

function originOf(text: string): string | undefined {
  try {
    const { origin } = new URL(text)
    return origin === 'null' ? undefined : origin
  } catch {
    return undefined
  }
}
