/**
 * A text cut so that every second part, from the second on, is to stay in one line: a name such as E-DOC, a number, a
 * time or an abbreviation with its ending (09:15-ке, ЖСН-і). Longer words break as usual, so that nothing overflows.
 */
export const wholeParts = (text: string): readonly string[] =>
  text.split(/([\p{Lu}\d:]{1,12}(?:-\p{L}{1,12})+)(?!\p{L})/u)
