/*
 * What fits, for the server's checks and for the fields of the clients alike: nothing here brings a validator along.
 */

/** The longest text one message may carry. */
export const maxTextLength = 4_000
/** The longest reason or note to colleagues. */
export const maxReasonLength = 500
/** The shortest password that may be chosen. */
export const minPasswordLength = 10
/** The most conversations at a time that an operator may be given. */
export const mostCapacity = 50
/** The longest period one report covers, in local days. */
export const maxReportDays = 370
/** The most addresses that a desk's supervisors are told at. */
export const mostEscalationEmails = 20

/** The longest period that one change of a calendar may touch, in days. */
export const maxEditedDays = 31
/** The longest name of a day. */
export const maxDayName = 80

/** Articles: the longest title, way to ask for it and text, and how many ways to ask. */
export const maxTitleLength = 200
export const maxPhrasingLength = 300
export const maxBodyLength = 20_000
export const maxPhrasings = 400

/** The most rows that one file of contracts may bring, and its most bytes. */
export const maxImportRows = 10_000
export const maxImportBytes = 2 * 1024 * 1024
