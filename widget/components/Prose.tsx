import { linkify } from '../../engine/linkify.ts'
import type { RichText, Span } from '../../engine/richText.ts'
import { wholeParts } from '../wholeParts.ts'

function Link({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}

/** A text in which names such as E-DOC and endings such as that of 09:15-ке are not torn off at a line's end. */
export const unbroken = (text: string) =>
  wholeParts(text).map((part, i) => (i % 2 ? <span class="whole">{part}</span> : part))

/** Plain text as it was typed, its web addresses clickable. */
export function Plain({ text }: { readonly text: string }) {
  return (
    <p class="plain">
      {linkify(text).map((piece) =>
        piece.href ? <Link href={piece.href} text={piece.text} /> : unbroken(piece.text),
      )}
    </p>
  )
}

const safe = /^(https?:\/\/|mailto:)/i

const spans = (all: readonly Span[]) =>
  all.map((span) => {
    const words = span.href && safe.test(span.href) ? <Link href={span.href} text={span.text} /> : span.text
    return span.strong ? <strong>{words}</strong> : words
  })

/** An article's body, built from data: no markup is ever parsed here. */
export function Rich({ body }: { readonly body: RichText }) {
  return (
    <div class="rich">
      {body.map((block) => {
        if (block.type === 'paragraph') return <p>{spans(block.spans)}</p>
        const items = block.items.map((item) => <li>{spans(item)}</li>)
        return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
      })}
    </div>
  )
}
