/** The entries of a word list written as text: separated by commas or line ends. */
export function listed(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** The same, with the entries of each line kept together. */
export function listedByLine(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map(listed)
    .filter(({ length }) => length > 0)
}
