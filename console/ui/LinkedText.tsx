import { linkedText } from '../logic/linkedText.ts'

/** What a person typed, with its web addresses to follow. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {linkedText(text).map((run, place) =>
        run.href ? (
          <a key={place} href={run.href} target="_blank" rel="noopener noreferrer nofollow">
            {run.text}
          </a>
        ) : (
          run.text
        ),
      )}
    </>
  )
}
