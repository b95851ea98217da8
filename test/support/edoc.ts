import { join } from 'node:path'
import { loadDesks } from '../../desks/loadDesks.ts'
import type { Desk } from '../../engine/desk.ts'

/** Every desk of the product, as the server loads them. */
export const desks = loadDesks(join(import.meta.dirname, '../../desks'), 2026)

/** The default desk. */
export const edoc = desks.get('edoc') as Desk
