import { fileTypeFromFile } from 'file-type'
import { isPurePicture } from './isPurePicture.ts'
import { isPlainText } from './plainText.ts'

/** What else than itself an extension may stand for, by what `file-type` calls the content. */
const contents: Readonly<Record<string, readonly string[]>> = {
  png: ['png', 'apng'],
  jpeg: ['jpg'],
  gz: ['gz', 'tar.gz'],
  tgz: ['gz', 'tar.gz'],
  zip: ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'],
  doc: ['cfb', 'rtf'],
  xls: ['cfb'],
  ppt: ['cfb'],
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

const texts = ['log', 'txt', 'csv']

/**
 * The media type of a file whose content is what its extension says; undefined when it is something else. The
 * content alone decides: the sender's own word is not asked.
 */
export async function checkedType(path: string, extension: string): Promise<string | undefined> {
  if (texts.includes(extension)) return (await isPlainText(path)) ? 'text/plain' : undefined
  const found = await fileTypeFromFile(path).catch(() => undefined)
  if (!found || !(contents[extension] ?? [extension]).includes(found.ext)) return undefined
  const type = types[extension] ?? found.mime
  return isPicture(type) && !(await isPurePicture(path)) ? undefined : type
}

/** Whether a stored type is one that browsers may be shown as a picture. */
export const isPicture = (type: string): boolean => type === 'image/png' || type === 'image/jpeg'
