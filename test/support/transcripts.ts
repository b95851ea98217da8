import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const step = z.union([
  z.strictObject({ writes: z.string() }),
  z.strictObject({ presses: z.string() }),
  z.strictObject({ says: z.string() }),
  z.strictObject({ asks: z.string() }),
  z.strictObject({ summary: z.record(z.string(), z.string()) }),
  z.strictObject({ stage: z.string() }),
])
const transcript = z.strictObject({ language: z.enum(['kk', 'ru']), steps: z.array(step).min(3) })

export type Transcript = z.infer<typeof transcript> & { readonly name: string }
export type TranscriptStep = z.infer<typeof step>

const folder = join(import.meta.dirname, '../transcripts')

/** Every conversation of test/transcripts: what is written and pressed, and what must be answered. */
export const transcripts: readonly Transcript[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({
    name: name.replace(/\.yaml$/, ''),
    ...transcript.parse(parse(readFileSync(join(folder, name), 'utf8'))),
  }))
