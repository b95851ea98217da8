import type { WireFile } from '../engine/wire.ts'

const urls = new Map<string, Promise<string>>()

/**
 * Fetches a stored file with the visitor's token and gives an address this page can show it under; a file is fetched
 * once. Rejects when the server does not give it.
 */
export function fetchFile(file: WireFile, token: string): Promise<string> {
  const known = urls.get(file.path)
  if (known) return known
  const coming = fetch(file.path, { headers: { Authorization: `Bearer ${token}` } }).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status} ${file.path}`)
    return URL.createObjectURL(await answer.blob())
  })
  urls.set(file.path, coming)
  coming.catch(() => urls.delete(file.path))
  return coming
}

/** Lets the browser save an address under a file's name. */
export function saveAs(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
