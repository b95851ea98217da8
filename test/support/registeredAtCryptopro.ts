import type { Language } from '../../engine/language.ts'
import { until } from './until.ts'
import { type VisitorClient, visitorClient } from './visitorClient.ts'

/** A registered request at the desk of CryptoPro, by somebody who has told this e-mail address. */
export async function registeredAtCryptopro(
  url: string,
  address: string,
  language: Language = 'ru',
): Promise<VisitorClient> {
  const visitor = await visitorClient(url, { desk: 'cryptopro', language })
  await visitor.presses('operator')
  await visitor.presses('consent')
  await visitor.fills({ account: address })
  await visitor.presses('skip')
  const asked = () =>
    visitor.thread.findLast(({ content }) => content.kind === 'said' && content.form)?.content
  const form = await until(() => {
    const content = asked()
    return content?.kind === 'said' && content.form?.fields.some(({ id }) => id === 'subject') && content.form
  }, 'the form of the request')
  await visitor.fills(
    Object.fromEntries(
      form.fields.flatMap(({ id, kind, required, options }) =>
        !required ? [] : [[id, kind === 'choice' ? (options?.[0]?.id ?? '') : 'Тайна: пароль 12345']],
      ),
    ),
  )
  const ack = await visitor.presses('confirm')
  if (!ack.ok) throw new Error(ack.refusal.text)
  await until(() => visitor.state.ticketNumber !== undefined, 'the request is registered')
  return visitor
}
