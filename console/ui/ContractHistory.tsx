import { useState } from 'preact/hooks'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireContract, WireContractChange } from '../../engine/wireContracts.ts'
import type { Answer } from '../http.ts'
import { changeWords } from '../logic/contractChange.ts'
import { momentWords } from '../logic/dateWords.ts'
import { useApp, useWords } from './context.ts'
import { Skeleton } from './Skeleton.tsx'

/** Who did what to a contract, and when; asked for once it is opened. */
export function ContractHistory({ contract, desk }: { contract: WireContract; desk: WireDesk }) {
  const app = useApp()
  const words = useWords()
  const [answer, setAnswer] = useState<Answer<readonly WireContractChange[]>>()
  return (
    <details
      class="contract-history"
      onToggle={(event) => {
        if (event.currentTarget.open && !answer?.ok)
          void app.http.contractChanges(contract.id).then(setAnswer)
      }}
    >
      <summary>{words('contract.history')}</summary>
      {!answer && <Skeleton lines={3} />}
      {answer && !answer.ok && <p class="notice danger">{app.refusalText(answer)}</p>}
      {answer?.ok && (
        <ol>
          {answer.value.map((change) => (
            <li key={change.at + change.act}>
              <span>{words(`contract.act.${change.act}`, { operator: change.operator })}</span>
              <time class="muted" dateTime={change.at}>
                {momentWords(Date.parse(change.at), app.clock.now.peek(), desk.zone, words)}
              </time>
              {change.fields.map((field) => (
                <small key={field.field}>{changeWords(field, desk, words)}</small>
              ))}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}
