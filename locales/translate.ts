/** A dictionary: flat dotted keys; a key with plural forms stands as `key_one`, `key_few`, `key_many`, `key_other`. */
export type Dictionary = Readonly<Record<string, string>>

type PluralSuffix = '_one' | '_few' | '_many' | '_other'
type Base<K> = K extends `${infer Stem}${PluralSuffix}` ? Stem : K

/** The keys one may ask for: a plural one by its stem. */
export type KeyOf<D> = Base<Extract<keyof D, string>>

type Params = Readonly<Record<string, string | number>>
export type Translator<Key extends string> = (key: Key, params?: Params) => string

/**
 * Speaks from a dictionary. `{name}` in a text is replaced by the parameter of that name; a key with plural forms
 * is chosen by `params.count` and the language's own rules. A key or parameter that is missing is a bug and throws.
 */
export function translatorOf<D extends Dictionary>(language: string, dictionary: D): Translator<KeyOf<D>> {
  const plural = new Intl.PluralRules(language)
  return (key, params = {}) => {
    const count = params.count
    const form =
      typeof count === 'number'
        ? (dictionary[`${key}_${plural.select(count)}`] ?? dictionary[`${key}_other`])
        : undefined
    const text = form ?? dictionary[key]
    if (text === undefined) throw new Error(`no words for ${key} in ${language}`)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      if (value === undefined) throw new Error(`${key} needs {${name}}`)
      return typeof value === 'number' && name !== 'number' ? value.toLocaleString(language) : String(value)
    })
  }
}
