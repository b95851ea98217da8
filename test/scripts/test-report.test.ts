import { expect, test } from 'vitest'
import { countTests, summaryLine } from '../../scripts/test-report.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

test('tests are counted over all files', () => {
  const report = {
    testResults: [file('passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'todo')],
  }
  expect(summaryLine(countTests(report))).toBe('2 passed, 1 failed, 2 skipped')
})

test('a file that could not be run is a failure', () => {
  expect(countTests({ testResults: [file('failed')] }).failed).toBe(1)
})
