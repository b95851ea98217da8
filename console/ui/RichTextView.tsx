import type { RichText, Span } from '../../engine/richText.ts'
import { safeHref } from '../logic/linkedText.ts'

function Spans({ spans }: { spans: readonly Span[] }) {
  return (
    <>
      {spans.map((span, place) => {
        const href = span.href && safeHref(span.href)
        const words = span.strong ? <strong key={place}>{span.text}</strong> : span.text
        return href ? (
          <a key={place} href={href} target="_blank" rel="noopener noreferrer">
            {words}
          </a>
        ) : (
          words
        )
      })}
    </>
  )
}

/** The body of an article. */
export function RichTextView({ body }: { body: RichText }) {
  return (
    <div class="rich">
      {body.map((block, place) => {
        if (block.type === 'paragraph')
          return (
            <p key={place}>
              <Spans spans={block.spans} />
            </p>
          )
        const items = block.items.map((item, at) => (
          <li key={at}>
            <Spans spans={item} />
          </li>
        ))
        return block.ordered ? <ol key={place}>{items}</ol> : <ul key={place}>{items}</ul>
      })}
    </div>
  )
}
