import type { ComponentChildren } from 'preact'
import type { Report, Spread } from '../../engine/wireReport.ts'
import { decimalWords, percent } from '../logic/decimalWords.ts'
import type { ConsoleKey } from '../words.ts'
import { useWords } from './context.ts'
import { Icon } from './Icon.tsx'

type Fact = readonly [name: string, value: string | number]

/** The report's totals, one card for each question a supervisor asks. */
export function ReportCards({ report }: { report: Report }) {
  const words = useWords()
  const { registered, firstResponse, resolution } = report
  const decided = firstResponse.met + firstResponse.breached
  const ended = resolution.met + resolution.breached
  const spread = ({ median, p90 }: Spread, unit: 'report.minutes' | 'report.hours'): readonly Fact[] => {
    const said = (value: number | null) =>
      value === null ? words('report.nothing') : words(unit, { value: decimalWords(value) })
    return [
      [words('report.median'), said(median)],
      [words('report.p90'), said(p90)],
    ]
  }
  return (
    <div class="cards">
      <Card
        title="report.firstResponse"
        figure={decided === 0 ? '—' : `${percent(firstResponse.met, decided)}\u00A0%`}
        about={words('report.metShare')}
        facts={[
          [words('report.met'), decimalWords(firstResponse.met)],
          [words('report.breached'), decimalWords(firstResponse.breached)],
          [words('report.open'), decimalWords(firstResponse.open)],
          ...spread(firstResponse.workingMinutes, 'report.minutes'),
        ]}
      />
      <Card
        title="report.resolution"
        {...(ended > 0
          ? {
              figure: `${percent(resolution.met, ended)}\u00A0%`,
              about: words('report.resolutionShare'),
            }
          : {
              figure: registered === 0 ? '—' : `${percent(resolution.resolved, registered)}\u00A0%`,
              about: words('report.resolvedShare'),
            })}
        facts={[
          [words('report.registered'), decimalWords(registered)],
          [words('report.resolved'), decimalWords(resolution.resolved)],
          ...(ended + resolution.open > 0
            ? ([
                [words('report.met'), decimalWords(resolution.met)],
                [words('report.breached'), decimalWords(resolution.breached)],
                [words('report.open'), decimalWords(resolution.open)],
              ] as const)
            : []),
          ...spread(resolution.workingHours, 'report.hours'),
        ]}
      />
      <Satisfaction of={report.satisfaction} />
      <DeflectionCard of={report.deflection} />
    </div>
  )
}

function Satisfaction({ of }: { of: Report['satisfaction'] }) {
  const words = useWords()
  const { asked, rated, average, stars } = of
  return (
    <Card
      title="report.satisfaction"
      figure={average === null ? '—' : decimalWords(average)}
      about={words('report.average')}
      facts={[
        [
          words('report.rated'),
          words('report.ratedOf', {
            rated: decimalWords(rated),
            asked: decimalWords(asked),
            percent: percent(rated, asked),
          }),
        ],
      ]}
    >
      <ol class="stars-spread" reversed>
        {[5, 4, 3, 2, 1].map((count) => {
          const given = stars[count - 1] ?? 0
          return (
            <li key={count} aria-label={`${words('rating.stars', { count })}: ${decimalWords(given)}`}>
              <span aria-hidden="true">
                {count} <Icon name="star" size={12} filled />
              </span>
              <span class="track" aria-hidden="true">
                <i style={{ width: `${percent(given, rated)}%` }} />
              </span>
              <span aria-hidden="true">{decimalWords(given)}</span>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function DeflectionCard({ of }: { of: Report['deflection'] }) {
  const words = useWords()
  if (of === null)
    return <Card title="report.deflection" figure="—" about={words('report.wholeTeam')} facts={[]} />
  return (
    <Card
      title="report.deflection"
      figure={of.begun === 0 ? '—' : `${percent(of.begun - of.toPerson, of.begun)}\u00A0%`}
      about={words('report.withoutPerson')}
      facts={[
        [words('report.begun'), decimalWords(of.begun)],
        [words('report.questions'), decimalWords(of.questions.asked)],
        [words('report.questionsAnswered'), decimalWords(of.questions.offered)],
        [words('report.questionsOpened'), decimalWords(of.questions.opened)],
        [words('report.helped'), decimalWords(of.helped)],
        [words('report.toPerson'), decimalWords(of.toPerson)],
      ]}
    />
  )
}

type CardProps = {
  readonly title: ConsoleKey
  readonly figure: string
  readonly about: string
  readonly facts: readonly Fact[]
  readonly children?: ComponentChildren
}

function Card({ title, figure, about, facts, children }: CardProps) {
  const words = useWords()
  return (
    <section class="card" aria-label={words(title)}>
      <h2>{words(title)}</h2>
      <p class="figure">
        <strong>{figure}</strong>
        <span>{about}</span>
      </p>
      {children}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
