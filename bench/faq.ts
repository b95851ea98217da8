/**
 * Quality and speed of the FAQ search, all desks loaded as the server loads them, beside MiniSearch as it comes
 * over the same texts: `npx tsx bench/faq.ts [sample-questions.json] [--half-looked-at]`.
 * Questions are those of bench/questions, written by somebody who had not seen the articles' phrasings; the sample
 * questions, which those who wrote the phrasings had read; and the phrasings themselves, each left out of the index
 * that is asked. Of the first, those in `sealed` came when the search was done, and were asked once: theirs are the
 * honest figures, as long as nobody looks at what was missed. Of the older ones, one half, told by a fixed hash, was
 * looked at while the search was improved (`--half-looked-at`); of the other half only totals were read, but some
 * thresholds were chosen by them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import MiniSearch from 'minisearch'
import { loadDesks } from '../desks/loadDesks.ts'
import type { Desk } from '../engine/desk.ts'
import type { Article, ArticleText } from '../engine/faq/article.ts'
import { foldedWords } from '../engine/faq/fold.ts'
import { buildFaqIndex, type FaqIndex, type Intent, understand } from '../engine/faq/index.ts'
import { detectLanguage, type Language } from '../engine/language.ts'
import { notForFaq } from '../test/engine/faq/examples.ts'

type Question = {
  readonly desk: string
  readonly q: string
  readonly topic: string
  readonly lang: string
  readonly style: string
  readonly far?: boolean
}
type Message = { readonly desk: string; readonly q: string; readonly intent: Intent }
type Spoken = { readonly text: string; readonly lang: Language }
type Searched = { readonly index: FaqIndex; readonly plain: (question: string) => readonly string[] }
type Answer = Question & {
  readonly intent: Intent
  readonly confident: boolean
  readonly ids: readonly string[]
  readonly plainIds: readonly string[]
}

const folds = 5
/** What several desks have an article about, under whatever name. */
const sharedSubjects = [
  ['register', 'register-portal', 'create-account', 'login', 'key-password'],
  ['ncalayer', 'signing-problem', 'java-browser', 'browser'],
  ['file-format', 'attachments'],
  ['submit-request', 'create-ticket', 'support-channels', 'phone'],
  ['request-contents', 'ticket-contents', 'request-info', 'additional-info'],
  [
    'request-closed',
    'request-stopped',
    'reopen',
    'auto-close',
    'reply-close',
    'close-request',
    'add-comment',
  ],
  ['request-status', 'view-tickets'],
  ['change-email', 'registration-email'],
]
const desks = loadDesks(fileURLToPath(new URL('../desks', import.meta.url)), 2026)
const lookedAt = process.argv.includes('--half-looked-at')
const half = lookedAt ? 'the half that was looked at' : 'the half of which only totals were read'
const path =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ??
  '../shared/faq/sample-questions.json'

const whole = searchedDesks(() => true)
if (existsSync(path)) {
  const asked = read<Question>(path)
  reportQuestions(
    'Sample questions, read by those who wrote the phrasings',
    asked.map((question) => answer(whole, question)),
  )
  reportOthers('Sample questions', [{ searched: whole, asked }])
} else console.log(`no sample questions at ${path}: they are not asked`)
reportUnseen('sealed', 'questions/sealed', (all) => all)
reportUnseen(half, 'questions', ofHalf)

const parts = Array.from({ length: folds }, (_, fold) => {
  const searched = searchedDesks((at) => at % folds !== fold)
  const asked = phrasingsOf((at) => at % folds === fold)
  return { fold, searched, asked }
})
reportQuestions(
  `Phrasings of the articles, each left out of the index (${folds} parts)`,
  parts.flatMap(({ searched, asked }) => asked.map((question) => answer(searched, question))),
)
reportOthers('Phrasings, left out,', parts)
reportNonQuestions()
reportSpeed(5_000)

function read<One>(path: string | URL): readonly One[] {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function ofHalf<One extends { readonly q: string }>(all: readonly One[]): readonly One[] {
  return all.filter(({ q }) => hash(q) % 2 === (lookedAt ? 0 : 1))
}

/** The questions, non-questions and messages of a folder, or the part of them that is asked. */
function reportUnseen(
  name: string,
  folder: string,
  part: <One extends { readonly q: string }>(all: readonly One[]) => readonly One[],
): void {
  const file = (name: string) => new URL(`./${folder}/${name}.json`, import.meta.url)
  const of = <One extends { readonly q: string }>(name: string) => part(read<One>(file(name)))
  reportQuestions(
    `Unseen questions, ${name}`,
    of<Question>('questions').map((question) => answer(whole, question)),
  )
  const layout = of<Omit<Question, 'style'>>('wrongLayout')
  reportQuestions(
    `Unseen questions typed on the wrong layout, ${name}`,
    layout.map((question) => answer(whole, { ...question, style: 'wrong layout' })),
  )

  console.log(
    `\nUnseen messages that are not for the FAQ, ${name}: recognised as what they are / not taken for`,
  )
  console.log('a question, % (what is beyond every desk counts as out of scope and as unknown alike)')
  const heard = of<Message>('notQuestions').map((message) => ({
    ...message,
    ...understand(whole.get(message.desk)!.index, message.q),
    wanted: message.intent,
  }))
  const beyond = ['outOfScope', 'unknown']
  for (const kind of ['all', ...new Set(heard.map(({ wanted }) => wanted))]) {
    const those = heard.filter(({ wanted }) => kind === 'all' || wanted === kind)
    const right = ({ intent, wanted }: (typeof heard)[number]) =>
      intent === wanted || (beyond.includes(intent) && beyond.includes(wanted))
    console.log(
      `  ${kind.padEnd(11)} n ${String(those.length).padStart(4)}  ${share(those, right)} / ${share(those, ({ intent }) => intent !== 'question')}` +
        `  answered for sure ${share(those, ({ confident }) => confident)}`,
    )
  }

  const messages = part(read<Spoken>(file('languages')).map(({ text, lang }) => ({ q: text, lang })))
  console.log(
    `\nLanguage of unseen messages, ${name}: right ${share(messages, ({ q, lang }) => detectLanguage(q) === lang)} % of ${messages.length}`,
  )
}

/** Every desk's index and plain search from the phrasings that `kept` keeps, told by their place in the article. */
function searchedDesks(kept: (at: number) => boolean): ReadonlyMap<string, Searched> {
  const part = (text: ArticleText) => ({ ...text, phrasings: text.phrasings.filter((_, at) => kept(at)) })
  const articles = new Map(
    [...desks].map(([id, desk]): [string, readonly Article[]] => [
      id,
      [...desk.articles.values()].map(({ id, kk, ru }) => ({ id, kk: part(kk), ru: part(ru) })),
    ]),
  )
  return new Map(
    [...desks].map(([id, desk]): [string, Searched] => {
      const own = articles.get(id) ?? []
      const otherDesks = [...articles]
        .filter(([other]) => other !== id)
        .map(([id, articles]) => ({ id, articles }))
      const outOfScope = desk.outOfScope.map(({ id, phrasings }) => ({
        id,
        phrasings: phrasings.filter((_, at) => kept(at)),
      }))
      return [id, { index: buildFaqIndex(own, { outOfScope, otherDesks }), plain: miniSearch(own) }]
    }),
  )
}

function answer(searched: ReadonlyMap<string, Searched>, question: Question, at = question.desk): Answer {
  const { index, plain } = searched.get(at)!
  const { intent, confident, results } = understand(index, question.q)
  return { ...question, intent, confident, ids: results.map(({ id }) => id), plainIds: plain(question.q) }
}

function phrasingsOf(asked: (at: number) => boolean): readonly Question[] {
  return [...desks].flatMap(([desk, { articles }]) =>
    [...articles.values()].flatMap((article) =>
      (['kk', 'ru'] as const).flatMap((lang) =>
        article[lang].phrasings
          .filter((_, at) => asked(at))
          .map((q) => ({
            desk,
            q,
            topic: article.id,
            lang,
            style: styleOf(q, lang),
            far: isFar(q, article),
          })),
      ),
    ),
  )
}

function styleOf(question: string, language: string): string {
  const words = foldedWords(question).length
  if (!/[а-яё]/i.test(question)) return 'latin letters'
  if (words > 9) return 'story'
  if (language === 'kk' && !/[әіңғүұқөһ]/i.test(question)) return 'without Kazakh letters'
  return words <= 3 ? 'three words' : 'sentence'
}

/** Whether a question shares no word's beginning with its article's titles. */
function isFar(question: string, { kk, ru }: Article): boolean {
  const beginnings = (text: string) =>
    foldedWords(text)
      .filter(({ length }) => length > 3)
      .map((word) => word.slice(0, 4))
  const titles = new Set(beginnings(`${kk.title} ${ru.title}`))
  return beginnings(question).every((word) => !titles.has(word))
}

function reportQuestions(name: string, answers: readonly Answer[]): void {
  console.log(`\n${name}: right first / among three, %`)
  const groups = [
    ['all'],
    ...(['desk', 'lang', 'style'] as const).map((key) => namesIn(answers, (one) => [one[key]])),
    namesIn(answers, (one) => (one.far ? ['far'] : [])),
    namesIn(answers, ({ desk, lang }) => [`${desk} ${lang}`]),
  ].flat()
  for (const group of groups) {
    const asked = answers.filter((one) =>
      ['all', one.desk, one.lang, one.style, one.far ? 'far' : '', `${one.desk} ${one.lang}`].includes(group),
    )
    const [first, three] = right(asked.map(({ topic, ids }) => ids.indexOf(topic)))
    const [plainFirst, plainThree] = right(asked.map(({ topic, plainIds }) => plainIds.indexOf(topic)))
    const kept = asked.filter(({ intent }) => intent === 'question')
    const sure = asked.filter(({ confident }) => confident)
    console.log(
      `  ${group.padEnd(22)} n ${String(asked.length).padStart(4)}  ours ${percent(first)} / ${percent(three)}` +
        `  MiniSearch ${percent(plainFirst)} / ${percent(plainThree)}` +
        `  suggested ${share(asked, ({ ids }) => ids.length > 0)}` +
        `  taken for a question ${percent(kept.length / asked.length)}` +
        `, sent elsewhere ${share(asked, ({ intent }) => intent === 'otherDesk')}` +
        `  sure ${percent(sure.length / asked.length)}, rightly ${share(sure, ({ ids, topic }) => ids[0] === topic)}`,
    )
  }
}

function namesIn(answers: readonly Answer[], of: (one: Answer) => readonly string[]): readonly string[] {
  return [...new Set(answers.flatMap(of))].sort()
}

/** A desk that has the topic as well, be it under another name, rightly answers it itself. */
function reportOthers(
  name: string,
  parts: readonly {
    readonly searched: ReadonlyMap<string, Searched>
    readonly asked: readonly Question[]
  }[],
): void {
  console.log(`\n${name} of the other desks on a desk that has no such topic: told as theirs, %`)
  for (const [id, desk] of desks) {
    const own = new Set([...desk.articles.keys()].map(subject))
    const answers = parts.flatMap(({ searched, asked }) =>
      asked
        .filter((question) => question.desk !== id && !own.has(subject(question.topic)))
        .map((question) => answer(searched, question, id)),
    )
    console.log(
      `  ${id.padEnd(10)} n ${String(answers.length).padStart(4)}  told ${share(answers, ({ intent }) => intent === 'otherDesk')}` +
        `  not answered for sure ${share(answers, ({ confident }) => !confident)}`,
    )
  }
}

function subject(topic: string): string {
  const name = topic.slice(topic.indexOf('.') + 1)
  return sharedSubjects.find((names) => names.includes(name))?.[0] ?? name
}

function reportNonQuestions(): void {
  console.log('\nNot for the FAQ: recognised as what it is / not taken for a question, %')
  for (const [id, desk] of desks) {
    const listed = Object.entries(notForFaq).flatMap(([intent, texts]) =>
      texts.map((text) => ({ intent, heard: understand(whole.get(id)!.index, text).intent })),
    )
    const refused = leftOutRefusals(id, desk)
    const all = [...listed, ...refused]
    const kinds = Object.keys(notForFaq).map(
      (kind) =>
        `${kind} ${share(
          listed.filter(({ intent }) => intent === kind),
          isRight,
        )}`,
    )
    console.log(
      `  ${id.padEnd(10)} n ${String(all.length).padStart(4)}  ${share(all, isRight)} / ${share(all, ({ heard }) => heard !== 'question')}` +
        `  (${kinds.join(', ')}; the desk's own out of scope, left out ${share(refused, isRight)})`,
    )
  }
}

function leftOutRefusals(id: string, { outOfScope }: Desk) {
  return parts.flatMap(({ fold, searched }) =>
    outOfScope
      .flatMap(({ phrasings }) => phrasings.filter((_, at) => at % folds === fold))
      .map((text) => ({ intent: 'outOfScope', heard: understand(searched.get(id)!.index, text).intent })),
  )
}

function isRight({ intent, heard }: { readonly intent: string; readonly heard: string }): boolean {
  return intent === heard
}

function miniSearch(articles: readonly Article[]): Searched['plain'] {
  const search = new MiniSearch({ fields: ['title', 'phrasings', 'body'] })
  search.addAll(
    articles.map(({ id, kk, ru }) => ({
      id,
      title: `${kk.title}\n${ru.title}`,
      phrasings: [...kk.phrasings, ...ru.phrasings].join('\n'),
      body: `${kk.body}\n${ru.body}`,
    })),
  )
  return (question) =>
    search
      .search(question)
      .slice(0, 3)
      .map(({ id }) => id)
}

function right(places: readonly number[]): readonly [first: number, three: number] {
  return [
    places.filter((place) => place === 0).length / places.length,
    places.filter((place) => place >= 0).length / places.length,
  ]
}

function share<One>(all: readonly One[], holds: (one: One) => boolean): string {
  return percent(all.filter(holds).length / all.length)
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
