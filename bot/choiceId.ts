import type { ChoiceId } from '../engine/conversation/content.ts'

/** Whether a button's data has the shape of a choice: a client may send anything. Whether it is in place says the engine. */
export const isChoiceId = (data: string): data is ChoiceId => /^[a-zA-Z]+(?::[\w.-]+)?$/.test(data)
