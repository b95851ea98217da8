import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from './server.ts'

const source = join(import.meta.dirname, '../../desks')

/** A folder of desks for DESKS_DIR: `edoc` as it is, and `second`, which is the same under another name. */
export function twoDesks(): string {
  const folder = join(dataFolder(), 'desks')
  cpSync(join(source, 'kz-calendar.yaml'), join(folder, 'kz-calendar.yaml'))
  for (const desk of ['edoc', 'second']) {
    cpSync(join(source, 'edoc'), join(folder, desk), { recursive: true })
    const faq = join(folder, desk, 'faq')
    for (const article of readdirSync(faq).slice(8)) rmSync(join(faq, article), { recursive: true })
  }
  const profile = join(folder, 'second/desk.yaml')
  writeFileSync(profile, readFileSync(profile, 'utf8').replace(/^id: edoc$/m, 'id: second'))
  return folder
}
