import type { AssistantKey } from '../../locales/index.ts'
import { type Desk, deskFields } from '../desk.ts'
import { parseAnswer } from './draft.ts'
import type { OperatorEvent } from './event.ts'
import { register } from './register.ts'
import { record, refuse, visitorPosts } from './say.ts'
import type { Conversation } from './state.ts'
import { kept, type Step } from './step.ts'
import { withDone } from './ticket.ts'

type PutDown = Extract<OperatorEvent, { type: 'operator.registered' }>

/** What the operator typed, each value in its one normal form, or what is wrong with it; unknown things are left empty. */
function read(desk: Desk, typed: PutDown['values']) {
  const values: Record<string, string> = {}
  const refusals: Record<string, AssistantKey> = {}
  const fields = deskFields(desk).filter(({ kind }) => kind !== 'files')
  const subject = fields.find(({ kind, required }) => kind === 'longText' && required)
  for (const field of fields) {
    const input = typed[field.id]
    if (input === undefined || input.trim() === '') {
      if (field === subject) refusals[field.id] = 'field.required'
      continue
    }
    const answer = parseAnswer(field, input)
    if (answer.ok) values[field.id] = answer.value
    else refusals[field.id] = answer.refusal
  }
  return { values, refusals, said: subject && values[subject.id] }
}

/**
 * A request that came by telephone or on paper is registered as the operator put it down (edoc regulation, §4 and §8):
 * only what it is about has to be told. It is the operator's, or waits in the queue.
 */
export function putDown(desk: Desk, state: Conversation, event: PutDown): Step {
  const { operator, files, priority, takes, at } = event
  if (state.stage !== 'asking' || (state.channel !== 'phone' && state.channel !== 'letter'))
    return [state, [refuse('refusal.stale')]]
  const { values, refusals, said } = read(desk, event.values)
  if (Object.keys(refusals).length > 0) return [state, [refuse('refusal.check', { fields: refusals })]]
  const step = register(desk, state, { values, skipped: [], files }, event, priority)
  const [next, effects] = step
  if (next.stage !== 'waiting') return step
  const all = [
    ...(said ? [visitorPosts({ kind: 'text', text: said })] : []),
    ...files.map((file) => visitorPosts({ kind: 'file', file })),
    record({ type: 'putDown', operator: operator.name, channel: state.channel }),
    ...effects,
  ]
  return takes
    ? [
        { ...kept(next), stage: 'live', ticket: withDone(next.ticket, 'took', at), operator },
        [...all, record({ type: 'took', operator: operator.name }, 'everyone')],
      ]
    : [next, all]
}
