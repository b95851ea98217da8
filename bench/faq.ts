/**
 * Quality and speed of the FAQ search: `npx tsx bench/faq.ts [sample-questions.json] [--held-out]`.
 * Of the sample questions one half, told by a fixed hash, may be looked at while the search is improved; the other
 * half is shown only with --held-out, as the honest figure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import MiniSearch from 'minisearch'
import { type Article, parseArticle } from '../engine/faq/article.ts'
import { buildFaqIndex, understand } from '../engine/faq/index.ts'

type Sample = {
  readonly desk: string
  readonly q: string
  readonly topic: string
  readonly lang: string
  readonly style: string
}
type Found = (question: string) => readonly string[]

const heldOut = process.argv.includes('--held-out')
const path =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ??
  '../shared/faq/sample-questions.json'

if (existsSync(path)) reportQuality(JSON.parse(readFileSync(path, 'utf8')))
else console.log(`no sample questions at ${path}: quality is not measured`)
reportSpeed(5_000)

function reportQuality(samples: readonly Sample[]): void {
  console.log(
    `Sample questions, ${heldOut ? 'held-out half' : 'half used for tuning'}: right first / among three, %`,
  )
  const desks = [...new Set(samples.map(({ desk }) => desk))]
  for (const desk of desks) {
    const articles = articlesOf(desk)
    if (articles.length === 0) continue
    const asked = samples.filter((sample) => sample.desk === desk && hash(sample.q) % 2 === (heldOut ? 1 : 0))
    const others = desks.filter((id) => id !== desk).map((id) => ({ id, articles: articlesOf(id) }))
    const index = buildFaqIndex(articles, { otherDesks: others })
    const ours: Found = (question) => understand(index, question).results.map(({ id }) => id)
    const plain = miniSearch(articles)
    console.log(`${desk}: ${articles.length} articles, ${asked.length} questions`)
    const groups = new Map<string, Sample[]>([['all', asked]])
    for (const sample of asked) {
      for (const key of [sample.lang, `${sample.lang} ${sample.style}`]) {
        groups.set(key, [...(groups.get(key) ?? []), sample])
      }
    }
    for (const [name, group] of groups) {
      const [first, three] = right(group, ours)
      const [plainFirst, plainThree] = right(group, plain)
      console.log(
        `  ${name.padEnd(16)} n ${String(group.length).padStart(3)}  ours ${percent(first)} / ${percent(three)}` +
          `  MiniSearch ${percent(plainFirst)} / ${percent(plainThree)}` +
          `  ratio ${(first / plainFirst).toFixed(2)} / ${(three / plainThree).toFixed(2)}`,
      )
    }
    const shown = asked.filter(({ q }) => understand(index, q).results.length > 0).length
    const sure = asked
      .map(({ q, topic }) => ({ topic, ...understand(index, q) }))
      .filter(({ confident }) => confident)
    const sureRight = sure.filter(({ topic, results }) => results[0]?.id === topic).length
    console.log(`  answered or suggested ${percent(shown / asked.length)}`)
    console.log(
      `  confident ${percent(sure.length / asked.length)}, of these right ${percent(sureRight / sure.length)}`,
    )
  }
}

function articlesOf(desk: string): readonly Article[] {
  const folder = new URL(`../desks/${desk}/faq/`, import.meta.url)
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'))
  return files.sort().map((name) => parseArticle(readFileSync(new URL(name, folder), 'utf8')))
}

function miniSearch(articles: readonly Article[]): Found {
  const search = new MiniSearch({ fields: ['title', 'body'] })
  search.addAll(
    articles.map(({ id, kk, ru }) => ({
      id,
      title: `${kk.title}\n${ru.title}`,
      body: `${kk.body}\n${ru.body}`,
    })),
  )
  return (question) =>
    search
      .search(question)
      .slice(0, 3)
      .map(({ id }) => id)
}

function right(samples: readonly Sample[], found: Found): readonly [first: number, three: number] {
  const places = samples.map(({ q, topic }) => found(q).slice(0, 3).indexOf(topic))
  return [
    places.filter((place) => place === 0).length / samples.length,
    places.filter((place) => place >= 0).length / samples.length,
  ]
}

function reportSpeed(count: number): void {
  const articles = syntheticArticles(count)
  const [index, built] = timed(() => buildFaqIndex(articles))
  console.log(
    `${count} synthetic articles: built in ${built.wall.toFixed(0)} ms (processor ${built.cpu.toFixed(0)} ms)`,
  )

  const queries = articles
    .flatMap(({ id, kk, ru }) => [
      { id, query: kk.phrasings[0] ?? '' },
      { id, query: ru.phrasings[0]?.replaceAll('а', '') ?? '' },
      { id, query: ru.body.slice(0, 300) },
    ])
    .filter((_, at) => at % 7 === 0)
  for (const { query } of queries.slice(0, 200)) understand(index, query)
  const answers = queries.map(({ query }) => timed(() => understand(index, query)))
  const times = answers.map(([, time]) => time)
  const found = answers.filter(([{ results }], at) => results[0]?.id === queries[at]?.id).length
  const at = (part: number, clock: 'wall' | 'cpu') => {
    const sorted = times.map((time) => time[clock]).sort((one, two) => one - two)
    return sorted[Math.floor(sorted.length * part)]?.toFixed(2)
  }
  console.log(
    `${queries.length} searches: p50 ${at(0.5, 'wall')} ms, p99 ${at(0.99, 'wall')} ms` +
      ` (processor p50 ${at(0.5, 'cpu')} ms, p99 ${at(0.99, 'cpu')} ms),` +
      ` own article first ${percent(found / queries.length)} %`,
  )
}

/** What a piece of work gives, with the time it took in milliseconds: by the clock, and of the processor alone. */
function timed<Result>(
  work: () => Result,
): readonly [Result, { readonly wall: number; readonly cpu: number }] {
  const from = performance.now()
  const usage = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(usage)
  return [result, { wall: performance.now() - from, cpu: (user + system) / 1000 }]
}

/** Articles of the size of real ones, from words put together of syllables; the same at each run. */
function syntheticArticles(count: number): readonly Article[] {
  const next = dice(7)
  const syllables = 'ба қы ло ме ну рі та ше ғы ды жа зо ке лы мұ на ос пе ры сө ті уа хат ың ар ен'.split(
    ' ',
  )
  const word = () => Array.from({ length: 1 + next(4) }, () => syllables[next(syllables.length)]).join('')
  const vocabulary = Array.from({ length: 20_000 }, word)
  const sentence = (length: number) =>
    Array.from({ length }, () => vocabulary[Math.floor((next(1000) / 1000) ** 3 * vocabulary.length)]).join(
      ' ',
    )
  const text = () => ({
    title: sentence(5),
    phrasings: Array.from({ length: 8 }, () => sentence(3 + next(8))),
    body: sentence(70),
  })
  return Array.from({ length: count }, (_, at) => ({ id: `made.${at}`, kk: text(), ru: text() }))
}

function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % sides
  }
}

function hash(text: string): number {
  return (
    [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0)!, 16_777_619), 2_166_136_261) >>>
    0
  )
}

function percent(part: number): string {
  return (100 * part).toFixed(1).padStart(5)
}
