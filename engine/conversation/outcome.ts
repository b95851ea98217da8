/** Why an operator may decline a request (edoc regulation, §9). */
export const declineReasons = [
  'tooLittleInformation',
  'notUnderstandable',
  'insultingLanguage',
  'outOfScope',
] as const
export type DeclineReason = (typeof declineReasons)[number]

/** Why an operator may put a request off (edoc regulation, §9). */
export const postponeReasons = ['tooLittleInformation', 'waiting'] as const
export type PostponeReason = (typeof postponeReasons)[number]

/** Whom an operator may bring in (edoc regulation, §17 and §23). */
export const passedToSides = ['development', 'thirdParty'] as const
export type PassedTo = (typeof passedToSides)[number]

/** How a request came to its end. */
export const outcomes = ['resolved', 'declined', 'ended', 'noAnswer'] as const
export type Outcome = (typeof outcomes)[number]
