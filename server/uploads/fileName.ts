const longest = 120

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu

/**
 * A file's name as it may be shown and saved: without folders, control and invisible characters (which could turn
 * the extension round), in NFC, at most 120 characters with the extension kept.
 */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const seen = last
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]{1,10})?$/u.exec(seen) ?? []
  return [...(stem || 'file')].slice(0, longest - extension.length).join('') + extension
}

/** A name's extension in lower case, without the dot; empty when there is none of latin letters and digits. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}
