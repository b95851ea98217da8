import type { StoredFile } from '../../engine/conversation/content.ts'
import type { WireFile } from '../../engine/wire.ts'
import { isPicture } from './checkedType.ts'

/** A stored file as clients know it. */
export function wireFile({ id, name, type, bytes }: StoredFile): WireFile {
  return { id, name, type, bytes, path: `/api/uploads/${id}`, image: isPicture(type) }
}
