import { useState } from 'preact/hooks'
import { sendable } from '../logic/composed.ts'
import { retold } from '../logic/prepared.ts'

/** The reason that was chosen among the prepared ones, and its words: until they are changed, those of the reason. */
export function usePreparedAnswer<Reason extends { readonly text: string }>() {
  const [chosen, setChosen] = useState<Reason>()
  const [text, setText] = useState('')
  function choose(next: Reason | undefined) {
    if (!next) return
    setText(retold(text, chosen?.text, next.text))
    setChosen(next)
  }
  return { chosen, choose, text, setText, answer: sendable(text) }
}
