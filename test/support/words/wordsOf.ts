/** The words of a text, without its parameters, addresses, commands and file names. A hyphen stays within a word. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/\{\w+\}(-\p{Ll}+)?|%-\p{Ll}+/gu, ' ')
      .replace(/https?:\/\/\S+|\S+@\S+/g, ' ')
      .replace(/(^|\s)\/[a-z]+/g, ' ')
      .replace(/\b[a-z0-9-]+(\.[a-z0-9-]+)+\b(\/\S*)?/gi, ' ')
      .match(/[\p{L}\d]+(?:-[\p{L}\d]+)*/gu) ?? []
  )
}
