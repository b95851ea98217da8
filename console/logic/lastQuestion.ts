import type { WireMessage } from '../../engine/wire.ts'

const longest = 500

/**
 * What the visitor asked last: their newest words since the registration and the operator's latest answer, else what
 * the request is about.
 */
export function lastQuestion(
  messages: readonly WireMessage[],
  { subject, registeredAt }: { readonly subject: string; readonly registeredAt: string },
): string {
  const answered = messages.findLastIndex(
    ({ author, audience, content }) =>
      author.kind === 'operator' && audience === 'everyone' && content.kind !== 'activity',
  )
  const said = messages
    .slice(answered + 1)
    .flatMap(({ author, content, at }) =>
      author.kind === 'visitor' && content.kind === 'text' && at > registeredAt ? [content.text] : [],
    )
    .filter((text) => (text.match(/\p{L}/gu) ?? []).length >= 3)
  return (said.at(-1) ?? subject).replace(/\s+/g, ' ').trim().slice(0, longest)
}
