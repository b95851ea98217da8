import type { ChoiceId } from '../engine/conversation/content.ts'

const plain: ReadonlySet<string> = new Set<ChoiceId>([
  'operator',
  'new',
  'back',
  'helped',
  'notHelped',
  'consent',
  'refuse',
  'confirm',
  'connectNow',
  'continue',
  'reopen',
  'resolved',
  'keep',
  'skip',
  'noFiles',
])
const withArgument = /^(?:(?:article|option|edit):[\w.-]+|rate:[1-5]|language:(?:kk|ru))$/

/** Whether a button's data is a choice of ours: a client may send anything. */
export const isChoiceId = (data: string): data is ChoiceId => plain.has(data) || withArgument.test(data)
