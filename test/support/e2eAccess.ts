import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { readonly id: string; readonly impact: string; readonly nodes: readonly string[] }

/** What axe finds in a frame that would keep somebody out: its serious and critical faults. */
async function faultsOf(frame: Frame): Promise<readonly Found[]> {
  await frame.evaluate(axe)
  return frame.evaluate(async () => {
    type Result = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }
    const { axe } = window as unknown as {
      axe: { run: (on: Document, options: object) => Promise<{ violations: Result[] }> }
    }
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ html, failureSummary }) => `${html} — ${failureSummary}`),
      }))
  })
}

/** Holds that nobody is kept out of what a page shows: light and dark, for eyes and for ears. */
export async function expectOpenToAll(page: Page, screen: string): Promise<void> {
  for (const frame of page.frames())
    expect({ screen, faults: await faultsOf(frame) }).toEqual({ screen, faults: [] })
}
