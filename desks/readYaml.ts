import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A desk's data is wrong: each line names the file, the line and what was expected. */
export class DeskDataError extends Error {}

/** What `read` gives; a file or folder that is not there is a mistake in the data. */
export function found<T>(shown: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      throw new DeskDataError(`${shown}: there is no such file or folder`)
    throw error
  }
}

/** Reads a YAML file by its schema. Throws `DeskDataError` with every mistake in it. */
export function readYaml<T>(path: string, shown: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter()
  const text = found(shown, () => readFileSync(path, 'utf8'))
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number) => `${shown}:${lines.linePos(offset).line}`
  if (document.errors.length > 0)
    throw new DeskDataError(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join('\n'))
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const lineOf = (steps: readonly PropertyKey[]): number => {
    const node = document.getIn(steps as string[], true) as { range?: readonly number[] } | undefined
    return node?.range?.[0] ?? (steps.length > 0 ? lineOf(steps.slice(0, -1)) : 0)
  }
  throw new DeskDataError(
    parsed.error.issues
      .map((issue) => `${at(lineOf(issue.path))}: ${issue.path.join('.') || 'file'}: ${issue.message}`)
      .join('\n'),
  )
}
