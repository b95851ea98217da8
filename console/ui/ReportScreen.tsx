import { useEffect, useState } from 'preact/hooks'
import type { Report } from '../../engine/wireReport.ts'
import type { Answer, ReportWish } from '../http.ts'
import { lastDays, periodFault, quickPicks } from '../logic/reportPeriod.ts'
import { saveFile } from '../saveFile.ts'
import { ArticleTable } from './ArticleTable.tsx'
import { Awaited } from './Awaited.tsx'
import { useApp, useWords } from './context.ts'
import { DayChart } from './DayChart.tsx'
import { HourTable } from './HourTable.tsx'
import { Icon } from './Icon.tsx'
import { NotAllowed } from './NotAllowed.tsx'
import { ReportCards } from './ReportCards.tsx'
import { ReportFilters } from './ReportFilters.tsx'

/** How the desks keep their promises: for supervisors and administrators. */
export function ReportScreen() {
  const app = useApp()
  const words = useWords()
  const me = app.me.value
  if (me && me.role !== 'operator') return <SupervisorsReport />
  return (
    <main class="report" id="work" tabIndex={-1}>
      <NotAllowed title={words('report.forbidden')} />
    </main>
  )
}

function SupervisorsReport() {
  const app = useApp()
  const words = useWords()
  const zoneOf = (desk: string) => app.zoneOf(desk || (app.me.value?.desks[0] ?? ''))
  const [wish, setWish] = useState<ReportWish>(() => ({
    ...lastDays(quickPicks.week, app.clock.now.peek(), zoneOf('')),
    desk: '',
    channel: '',
    operator: '',
    level: '',
  }))
  const [answer, setAnswer] = useState<Answer<Report>>()
  const [loading, setLoading] = useState(true)
  const [round, setRound] = useState(0)
  const again = () => setRound(round + 1)
  const possible = periodFault(wish) === undefined

  useEffect(() => {
    if (!possible) return
    let wanted = true
    setLoading(true)
    void app.http.report(wish).then((made) => {
      if (!wanted) return
      setAnswer(made)
      setLoading(false)
    })
    return () => {
      wanted = false
    }
  }, [app, wish, round, possible])

  async function download() {
    const file = await app.http.reportCsv(wish)
    if (file.ok) saveFile(file.value, `tickets-${wish.from}-${wish.to}.csv`)
    else app.showRefusal(file)
  }

  return (
    <main class="report" id="work" tabIndex={-1}>
      <div class="report-head">
        <h1>{words('report.title')}</h1>
        <button type="button" class="button" disabled={!possible} onClick={() => void download()}>
          <Icon name="download" size={17} />
          {words('report.export')}
        </button>
      </div>
      <ReportFilters wish={wish} zone={zoneOf(wish.desk)} onChange={setWish} />
      <Awaited answer={answer} lines={8} onAgain={again} />
      {answer?.ok && (
        <div class="report-body" aria-busy={loading}>
          <ReportCards report={answer.value} />
          {answer.value.deflection && <ArticleTable articles={answer.value.deflection.articles} />}
          {answer.value.registered === 0 ? (
            <p class="notice">{words('report.none')}</p>
          ) : (
            <>
              <DayChart report={answer.value} />
              <HourTable hours={answer.value.hours} />
            </>
          )}
        </div>
      )}
    </main>
  )
}
