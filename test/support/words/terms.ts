import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const places = z.array(z.string().min(1))
const strings = z.array(z.string().min(1))

const schema = z.strictObject({
  terms: z.array(
    z.strictObject({
      concept: z.string(),
      kk: z.string(),
      ru: z.string(),
      never: z.strictObject({ kk: strings, ru: strings }),
      only: places.optional(),
      except: places.optional(),
    }),
  ),
  kazakhInstead: z.record(z.string(), z.string()),
  borrowed: strings,
  latin: z.record(z.string(), strings),
  sameInBoth: strings,
  russianNames: strings,
})

/** How the product speaks: its one word for each thing, and what may stand in other letters. See the file itself. */
export const terms = schema.parse(
  parse(readFileSync(join(import.meta.dirname, '../../locales/words/terms.yaml'), 'utf8')),
)

/** A Kazakh text without what it quotes of sites that are in Russian only. */
export const withoutRussianNames = (text: string): string =>
  terms.russianNames.reduce((rest, name) => rest.replaceAll(`«${name}`, '«'), text)
