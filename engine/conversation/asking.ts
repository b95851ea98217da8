import type { Desk } from '../desk.ts'
import { isWorthLearning, type QuestionOutcome, questionText } from '../faq/askedQuestion.ts'
import { type Understanding, understand } from '../faq/index.ts'
import { guessLanguage } from '../language.ts'
import type { Choice, Said } from './content.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { beginIdentifying } from './identifying.ts'
import { askAgain, greet, startAsking } from './opening.ts'
import { askOperator, choice, record, refuse, speak, visitorPosts } from './say.ts'
import type { At } from './state.ts'
import { after, kept, type Step } from './step.ts'

type Asking = At<'asking'>

const afterArticle: readonly Choice[] = [
  choice('helped', 'choice.helped', true),
  choice('notHelped', 'choice.notHelped'),
]

/** What is said while waiting for a question, said once more (after a change of language). */
export const promptWhileAsking = (_state: Asking): Effect => speak('asking.again', { choices: [askOperator] })

function showArticle(state: Asking, id: string, more: readonly string[], lead: readonly Said[]): Step {
  const also = more.filter((other) => other !== id)
  return [
    {
      ...state,
      reading: id,
      suggested: also,
      articlesSeen: [...state.articlesSeen.filter((seen) => seen !== id), id],
    },
    [
      record({ type: 'articleShown', article: id }),
      speak(lead, {
        article: id,
        ask: { key: 'asking.didItHelp' },
        ...(also.length > 0 && { articles: also }),
        choices: afterArticle,
      }),
    ],
  ]
}

/** An insult: a warning first, then the complaint route, and the end where the desk wants it (edoc regulation, §16). */
function answerInsult(desk: Desk, state: Asking): Step {
  const insults = state.insults + 1
  const noted = record({ type: 'insult' })
  if (insults === 1)
    return [{ ...state, insults }, [noted, speak('etiquette.warning', { choices: [askOperator] })]]
  if (!desk.endOnInsult)
    return [{ ...state, insults }, [noted, speak('etiquette.repeated', { choices: [askOperator] })]]
  return [
    { ...kept({ ...state, insults }), stage: 'ended' },
    [noted, record({ type: 'ended' }), speak('etiquette.ended', { choices: [choice('new', 'choice.new')] })],
  ]
}

const smalltalk = {
  greeting: 'smalltalk.greeting',
  thanks: 'smalltalk.thanks',
  bye: 'smalltalk.bye',
  who: 'smalltalk.who',
  howAreYou: 'smalltalk.howAreYou',
  ok: 'smalltalk.ok',
} as const

/** Notes what came of the question asked last, if one is known. */
const came = ({ asked }: Asking, outcome: QuestionOutcome): readonly Effect[] =>
  asked === undefined ? [] : [{ type: 'noteOutcome', question: asked, outcome }]

/** On to a person: the question asked last was not answered. */
const toPerson = (desk: Desk, state: Asking, event: ConversationEvent, outcome: QuestionOutcome = {}): Step =>
  after(came(state, { ...outcome, toPerson: true }), beginIdentifying(desk, state, event))

/** Notes a question, with what is shown for it at once. */
function noteQuestion(
  text: string,
  { id, at }: Pick<ConversationEvent, 'id' | 'at'>,
  { language, intent, confident, results }: Understanding,
): readonly Effect[] {
  if (!isWorthLearning(text)) return []
  const shown = intent === 'question' ? results.map((result) => result.id) : []
  const opened = confident ? shown.slice(0, 1) : []
  return [
    {
      type: 'noteQuestion',
      question: { id, at, language, text: questionText(text), intent, confident, offered: shown, opened },
    },
  ]
}

/** Answers a question from the FAQ, or says kindly why not; the event is the one that asked it. */
export function answer(desk: Desk, state: Asking, text: string, event: ConversationEvent): Step {
  const found = understand(desk.faq, text)
  if (found.intent === 'operator') return toPerson(desk, state, event)
  if (found.intent === 'insult' || found.intent === 'smalltalk') return reply(desk, state, text, found)
  const noted = noteQuestion(text, event, found)
  const { reading: _, asked: __, ...rest } = state
  return after(noted, reply(desk, { ...rest, ...(noted.length > 0 && { asked: event.id }) }, text, found))
}

function reply(desk: Desk, state: Asking, text: string, found: Understanding): Step {
  const asked = { ...state, question: text }
  const ids = found.results.map(({ id }) => id)
  switch (found.intent) {
    case 'insult':
      return answerInsult(desk, state)
    case 'smalltalk': {
      const key = smalltalk[found.smalltalk ?? 'greeting']
      return [state, [speak(key, key === 'smalltalk.bye' ? {} : { choices: [askOperator] })]]
    }
    case 'outOfScope':
      return [
        asked,
        desk.outOfScope.some(({ id }) => id === found.outOfScope)
          ? [speak([], { outOfScope: found.outOfScope ?? '', choices: [askOperator] })]
          : [speak('asking.unclear', { choices: [askOperator] })],
      ]
    case 'otherDesk':
      return [
        asked,
        [
          speak(
            found.otherDesk && desk.others.has(found.otherDesk)
              ? { key: 'otherDesk.named', params: { otherDesk: found.otherDesk } }
              : 'otherDesk',
            { choices: [askOperator] },
          ),
        ],
      ]
    case 'question': {
      const best = ids[0]
      if (best === undefined) break
      if (found.confident) return showArticle(asked, best, ids.slice(1), [{ key: 'asking.answer' }])
      return [
        { ...asked, suggested: ids },
        [speak('asking.suggest', { articles: ids, choices: [askOperator] })],
      ]
    }
  }
  return [asked, [speak('asking.unclear', { choices: [askOperator] })]]
}

/** The visitor writes in the other language: follow, or offer to, when they had chosen one themselves. */
function followLanguage(state: Asking, text: string): readonly [Asking, readonly Effect[]] {
  const guess = guessLanguage(text)
  if (!guess.certain || guess.language === state.language) return [state, []]
  if (!state.languageChosen) return [{ ...state, language: guess.language }, []]
  return [
    state,
    [
      speak(
        { key: 'language.offer', in: guess.language },
        {
          choices: [
            { id: `language:${guess.language}`, label: { key: `choice.language.${guess.language}` } },
          ],
        },
      ),
    ],
  ]
}

/** The FAQ first (edoc regulation, §10); a person whenever one is asked for. */
export function whileAsking(desk: Desk, state: Asking, event: ConversationEvent): Step {
  switch (event.type) {
    case 'visitor.started':
      return greet(state)
    case 'visitor.wrote': {
      const [following, offer] = followLanguage(state, event.text)
      const [next, effects] = answer(desk, following, event.text, event)
      return [next, [visitorPosts({ kind: 'text', text: event.text }), ...effects, ...offer]]
    }
    case 'visitor.attached': {
      const posted = visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })
      const question = event.text ?? state.question
      const step = beginIdentifying(desk, { ...state, ...(question && { question }) }, event, [event.file])
      return after([posted, speak('file.received')], step)
    }
    case 'visitor.chose': {
      const { choice: id } = event
      const { reading } = state
      if (id === 'helped') {
        const outcome = came(state, reading === undefined ? {} : { helped: reading })
        return [startAsking(state), [...outcome, speak('asking.glad')]]
      }
      if (id === 'operator') return toPerson(desk, state, event)
      if (id === 'notHelped')
        return toPerson(desk, state, event, reading === undefined ? {} : { notHelped: reading })
      if (id === 'new' || id === 'back') return askAgain(state)
      if (id.startsWith('article:')) {
        const article = id.slice('article:'.length)
        if (!desk.articles.has(article)) return [state, [speak('asking.articleGone')]]
        return after(came(state, { opened: article }), showArticle(state, article, state.suggested, []))
      }
      return [state, [speak('stale', { choices: [askOperator] })]]
    }
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    default:
      return [state, [refuse('refusal.noTicket')]]
  }
}
