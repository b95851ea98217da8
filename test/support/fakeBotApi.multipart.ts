export type UploadedPart = { readonly name: string; readonly bytes: Buffer }
export type Multipart = {
  readonly values: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, UploadedPart>>
}

const lineEnd = Buffer.from('\r\n\r\n')

/** Reads a multipart/form-data body; file names may stand unquoted, as the Bot API takes them. */
export function parseMultipart(body: Buffer, contentType: string): Multipart {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2]
  if (!boundary) throw new Error('multipart without a boundary')
  const delimiter = Buffer.from(`--${boundary}`)
  const values: Record<string, string> = {}
  const files: Record<string, UploadedPart> = {}
  let at = body.indexOf(delimiter)
  while (at >= 0) {
    const start = at + delimiter.length + 2
    const next = body.indexOf(delimiter, start)
    if (next < 0) break
    const part = body.subarray(start, next - 2)
    const split = part.indexOf(lineEnd)
    const head = part.subarray(0, split).toString('utf8')
    const content = Buffer.from(part.subarray(split + lineEnd.length))
    const name = /[;\s]name="([^"]*)"/.exec(head)?.[1] ?? ''
    const filename = /filename="?([^"\r\n;]*)/.exec(head)?.[1]
    if (filename === undefined) values[name] = content.toString('utf8')
    else files[name] = { name: filename, bytes: content }
    at = next
  }
  return { values, files }
}
