/** What an operator chooses for themselves: to be given conversations, or none for a while. */
export const presenceChoices = ['online', 'paused'] as const
export type PresenceChoice = (typeof presenceChoices)[number]

/** What others see of an operator: their choice while a console of theirs is open, else that they are away. */
export type Presence = PresenceChoice | 'offline'
