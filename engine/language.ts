/** The languages the assistant speaks: Kazakh and Russian. */
export const languages = ['kk', 'ru'] as const
export type Language = (typeof languages)[number]
