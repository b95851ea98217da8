import pg from 'pg'

/** How a statement reaches PostgreSQL: a pool, or one connection of a transaction. */
export type Executor = (text: string, values: readonly unknown[]) => Promise<readonly object[]>

/** A statement, or a part of one. It is sent when it is awaited; inside another it becomes its text and parameters. */
export type Statement<Rows> = Promise<Rows>

/**
 * Writes statements: `` sql`select … where id = ${id}` ``. A value becomes a parameter, a statement inside becomes its
 * text; `sql(name)` is the name of a table or column (`table.column` too), `sql.unsafe(text)` is text as it is.
 */
export type Sql = {
  <Rows extends readonly object[] = Record<string, unknown>[]>(
    strings: TemplateStringsArray,
    ...values: readonly unknown[]
  ): Statement<Rows>
  (name: string): Statement<never>
  unsafe<Rows extends readonly object[] = Record<string, unknown>[]>(
    text: string,
    values?: readonly unknown[],
  ): Statement<Rows>
}

/** Numbered text and its parameters. */
type Written = { text: string; readonly values: unknown[] }

class Part<Rows> implements Promise<Rows> {
  readonly [Symbol.toStringTag] = 'Statement'
  private sent: Promise<Rows> | undefined

  constructor(
    private readonly strings: readonly string[],
    private readonly inserted: readonly unknown[],
    private readonly execute: Executor,
  ) {}

  write(into: Written): void {
    for (const [index, text] of this.strings.entries()) {
      into.text += text
      if (index >= this.inserted.length) continue
      const value = this.inserted[index]
      if (value instanceof Part) value.write(into)
      else if (value === undefined)
        throw new TypeError(`a statement was given undefined after: …${text.slice(-60)}`)
      else into.text += `$${into.values.push(value)}`
    }
  }

  private send(): Promise<Rows> {
    this.sent ??= (async () => {
      const written: Written = { text: '', values: [] }
      this.write(written)
      return (await this.execute(written.text, written.values)) as Rows
    })()
    return this.sent
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a statement is what sends it
  then<Done = Rows, Failed = never>(
    done?: ((rows: Rows) => Done | PromiseLike<Done>) | null,
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.send().then(done, failed)
  }

  catch<Failed = never>(
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Rows | Failed> {
    return this.send().catch(failed)
  }

  finally(last?: (() => void) | null): Promise<Rows> {
    return this.send().finally(last)
  }
}

/** A writer of statements that are sent by `execute`. */
export function sqlBy(execute: Executor): Sql {
  const write = (first: TemplateStringsArray | string, ...values: readonly unknown[]) =>
    typeof first === 'string'
      ? new Part([first.split('.').map(pg.escapeIdentifier).join('.')], [], execute)
      : new Part(first, values, execute)
  const unsafe = (text: string, values: readonly unknown[] = []) =>
    new Part([text], [], values.length === 0 ? execute : () => execute(text, values))
  return Object.assign(write, { unsafe }) as unknown as Sql
}
