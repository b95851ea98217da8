import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { lanes } from '../../bot/lanes.ts'

describe('lanes', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 40 }), fc.integer({ min: 1, max: 4 })])(
    'keep the order within each and never run more at once than allowed',
    async (tasks, width) => {
      const inLane = lanes(width)
      const ended: [lane: number, n: number][] = []
      let running = 0
      await Promise.all(
        tasks.map((lane, n) =>
          inLane(lane, async () => {
            running += 1
            expect(running).toBeLessThanOrEqual(width)
            for (let turn = 0; turn < (n * 7) % 5; turn++) await Promise.resolve()
            running -= 1
            ended.push([lane, n])
          }),
        ),
      )
      for (const lane of new Set(tasks)) {
        const order = ended.filter(([of]) => of === lane).map(([, n]) => n)
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }
      expect(ended).toHaveLength(tasks.length)
    },
  )

  it('go on after a failure, which reaches its own caller only', async () => {
    const inLane = lanes(1)
    const failing = inLane(1, () => Promise.reject(new Error('no')))
    const next = inLane(1, async () => 'yes')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
