import { afterAll, beforeAll } from 'vitest'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { removeDataFolders } from './server.ts'

/** A PostgreSQL for all tests of a file; with it go the data folders of the file's servers. Called once by the file. */
export function postgresOfFile(): Omit<TestPostgres, 'stop'> {
  let running: TestPostgres
  afterAll(removeDataFolders)
  beforeAll(async () => {
    running = await startPostgres()
  })
  afterAll(() => running.stop())
  return {
    get url() {
      return running.url
    },
    createDatabase: () => running.createDatabase(),
  }
}
