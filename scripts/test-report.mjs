/** Counts of the tests in vitest's JSON report. A file that could not be run counts as one failure. */
export function countTests(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of report.testResults) {
    for (const test of assertionResults) counts[kindOf(test.status)] += 1
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed += 1
  }
  return counts
}

function kindOf(status) {
  return status === 'passed' || status === 'failed' ? status : 'skipped'
}

/** The last line of a test run. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
