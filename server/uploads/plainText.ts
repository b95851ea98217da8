import { createReadStream } from 'node:fs'

/** Bytes that no text has: NUL and the other control characters but tab, line ends, backspace and escape. */
const strange = (byte: number) => byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b
/** How a page, a drawing or a document begins, after the byte order mark that Latin-1 shows as three letters. */
const disguised = /^(ï»¿)?\s*(%PDF-|<!--|<(!doctype|html|svg|script|head|body|iframe|\?xml|\?php))/i

/** Whether a file is plain text, in UTF-8 or Windows-1251, and not a page or a drawing. */
export async function isPlainText(path: string): Promise<boolean> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let unicode = true
  let windows1251 = true
  let first = true
  for await (const chunk of createReadStream(path)) {
    const bytes: Buffer = chunk
    if (bytes.some(strange) || (first && disguised.test(bytes.toString('latin1', 0, 1024)))) return false
    first = false
    // the one byte that Windows-1251 does not use
    windows1251 &&= !bytes.includes(0x98)
    unicode &&= decodes(utf8, bytes, true)
    if (!unicode && !windows1251) return false
  }
  return windows1251 || (unicode && decodes(utf8, new Uint8Array(), false))
}

function decodes(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}
