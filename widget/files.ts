import type { VisitorDesk } from '../engine/wireVisitor.ts'
import { sizeLabel } from './when.ts'
import type { Words } from './words.ts'

type Rules = Pick<VisitorDesk, 'maxFileBytes' | 'fileTypes'>

/** The desk's file types as people read them: `PDF, PNG, JPG`. */
export const typesLabel = (desk: Rules): string => desk.fileTypes.map((type) => type.toUpperCase()).join(', ')

/** Why the desk would not take a file, in the visitor's words; nothing when it would. */
export function fileRefusal(desk: Rules, file: Pick<File, 'name' | 'size'>, t: Words): string | undefined {
  const extension = file.name.includes('.') ? file.name.split('.').at(-1)!.toLowerCase() : ''
  if (!desk.fileTypes.includes(extension)) return t('fileType', { types: typesLabel(desk) })
  if (file.size === 0) return t('fileEmpty')
  if (file.size > desk.maxFileBytes) return t('fileTooLarge', { size: sizeLabel(desk.maxFileBytes, t) })
  return undefined
}

/**
 * The `accept` of a file picker. Picture types stand in it by their full names as well: that is what makes a phone
 * offer its camera, and an iPhone turn its own format into JPEG.
 */
export function acceptOf(desk: Rules): string {
  const pictures = desk.fileTypes.flatMap((type) =>
    /^jpe?g$/.test(type) ? ['image/jpeg'] : /^(png|webp)$/.test(type) ? [`image/${type}`] : [],
  )
  return [...new Set([...pictures, ...desk.fileTypes.map((type) => `.${type}`)])].join(',')
}
