import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

const hidden = /<script[\s>/]|<!doctype html|<html[\s>]|<iframe[\s>]|%PDF-1\./i
const longestHidden = 14

/** An archive ends with this record and a comment of at most 64 KiB. */
const endOfArchive = Buffer.from('PK\u0005\u0006')
const longestEnd = 22 + 65_535

/** Whether a picture is nothing else besides: no page, document or archive hidden in its bytes. */
export async function isPurePicture(path: string): Promise<boolean> {
  let tail = ''
  for await (const chunk of createReadStream(path)) {
    const latin = tail + (chunk as Buffer).toString('latin1')
    if (hidden.test(latin)) return false
    tail = latin.slice(-longestHidden)
  }
  const { size } = await stat(path)
  const ending: Buffer[] = []
  for await (const chunk of createReadStream(path, { start: Math.max(0, size - longestEnd) }))
    ending.push(chunk as Buffer)
  return !Buffer.concat(ending).includes(endOfArchive)
}
