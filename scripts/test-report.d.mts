type Report = { testResults: { status: string; assertionResults: { status: string }[] }[] }
type Counts = { passed: number; failed: number; skipped: number }

export function countTests(report: Report): Counts
export function summaryLine(counts: Counts): string
