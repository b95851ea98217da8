import type { ConversationDetail, QueueRow } from '../../engine/wireConsole.ts'
import { isoDay, wallClock } from '../logic/localTime.ts'
import { Term } from './ContractTable.tsx'
import { useApp, useWords } from './context.ts'

type Props = { readonly row: QueueRow; readonly contract: ConversationDetail['contract'] }

/** The contract that a request is served by, where its desk works with contracts. */
export function ContractFacts({ row, contract }: Props) {
  const app = useApp()
  const words = useWords()
  const desk = app.desks.value.find(({ id }) => id === row.desk)
  if (!desk?.contracts) return null
  const today = isoDay(wallClock(app.clock.now.value, desk.zone))
  const type = desk.contracts.types.find(({ id }) => id === contract?.type)?.label
  return (
    <>
      {contract ? (
        <dl class="facts">
          <div>
            <dt>{words('contract.organisation')}</dt>
            <dd>
              {contract.organisation}
              {contract.number !== null && <small>№ {contract.number}</small>}
            </dd>
          </div>
          <div>
            <dt>{words('contract.level')}</dt>
            <dd>
              {words(`level.${contract.level}`)}
              {type !== undefined && <small>{type}</small>}
            </dd>
          </div>
          <div>
            <dt>{words('contract.term')}</dt>
            <dd>
              <Term contract={contract} today={today} />
            </dd>
          </div>
          <div>
            <dt>{words('contract.openNow')}</dt>
            <dd>
              {contract.limit === null
                ? contract.open
                : words('contract.openOf', { open: contract.open, limit: contract.limit })}
            </dd>
          </div>
        </dl>
      ) : (
        <p class="muted">{words('about.noContract')}</p>
      )}
      {app.allowed.value.has('recognised') && (
        <button
          type="button"
          class="button small about-act"
          onClick={() => {
            app.dialog.value = 'contract'
          }}
        >
          {words(contract ? 'attach.change' : 'attach.open')}
        </button>
      )}
    </>
  )
}
