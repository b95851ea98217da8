import type { Api } from 'grammy'
import { type Language, languages } from '../engine/language.ts'
import { defaultLanguage, words } from './words.ts'

export const commands = ['start', 'new', 'operator', 'status', 'lang', 'help'] as const

const commandList = (language: Language) =>
  commands.map((command) => ({ command, description: words[language](`command.${command}`) }))

/**
 * What the bot's page in Telegram says, as the calls that set it: the commands and descriptions in each language, and
 * in the default one for everybody else.
 */
export function profileCalls(
  api: Api,
  portalName: Readonly<Record<Language, string>>,
): readonly (() => Promise<true>)[] {
  const inLanguage = (language: Language, code?: Language) => {
    const scope = code && { language_code: code }
    const say = words[language]
    const portal = portalName[language]
    return [
      () => api.setMyCommands(commandList(language), scope),
      () => api.setMyDescription(say('description', { portal }), scope),
      () => api.setMyShortDescription(say('shortDescription', { portal }), scope),
    ]
  }
  return [...inLanguage(defaultLanguage), ...languages.flatMap((language) => inLanguage(language, language))]
}
