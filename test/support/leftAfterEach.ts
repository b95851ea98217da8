import { afterEach } from 'vitest'

/** The clients that a test opens: put into it, they leave when the test ends. Called once by a test file. */
export function leftAfterEach(): { leaves(): void }[] {
  const opened: { leaves(): void }[] = []
  afterEach(() => {
    for (const client of opened.splice(0)) client.leaves()
  })
  return opened
}
