// biome-ignore-all lint/a11y/noRedundantRoles: on a narrow screen the rows are not laid out as a table, and browsers would forget that they are one
import type { LocalDay } from '../../engine/conversation/instant.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireContract } from '../../engine/wireContracts.ts'
import { paperDay, termNote } from '../logic/contractTerm.ts'
import { ChannelIcon } from './Badges.tsx'
import { useApp, useWords } from './context.ts'

type Props = {
  readonly contracts: readonly WireContract[]
  readonly desk: WireDesk
  readonly today: LocalDay
  readonly onEdit: (contract: WireContract) => void
  readonly onEnd: (contract: WireContract) => void
  readonly onReinstate: (contract: WireContract) => void
}

/** Contracts one a line: whose, at which level, for which term, with how many open requests. */
export function ContractTable({ contracts, desk, today, onEdit, onEnd, onReinstate }: Props) {
  const words = useWords()
  return (
    <div class="table-frame">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            {(['contract.organisation', 'contract.level', 'contract.term', 'contract.open'] as const).map(
              (key) => (
                <th scope="col" role="columnheader" key={key}>
                  {words(key)}
                </th>
              ),
            )}
            <th scope="col" role="columnheader">
              <span class="unseen">{words('actions.label')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {contracts.map((contract) => (
            <tr role="row" key={contract.id} data-inactive={contract.term === 'over'}>
              <th scope="row" role="rowheader">
                {contract.organisation}
                <small>
                  {[
                    contract.number !== null && `№ ${contract.number}`,
                    contract.bin !== null && `${words('contract.bin')} ${contract.bin}`,
                  ]
                    .filter((part) => part !== false)
                    .join(' · ')}
                </small>
                <Assigned contract={contract} />
              </th>
              <td role="cell">
                <span class={contract.level === 'vip' ? 'badge vip' : 'badge'}>
                  {words(`level.${contract.level}`)}
                </span>
                {contract.channels && (
                  <span class="contract-channels">
                    {contract.channels.map((channel) => (
                      <ChannelIcon key={channel} channel={channel} />
                    ))}
                  </span>
                )}
                <small>{desk.contracts?.types.find(({ id }) => id === contract.type)?.label ?? ''}</small>
              </td>
              <td role="cell">
                <Term contract={contract} today={today} />
              </td>
              <td role="cell" class="contract-open" data-label={words('contract.openNow')}>
                {contract.limit === null
                  ? contract.open
                  : words('contract.openOf', { open: contract.open, limit: contract.limit })}
              </td>
              <td class="row-actions" role="cell">
                <button type="button" class="button small" onClick={() => onEdit(contract)}>
                  {words('contract.edit')}
                </button>
                {contract.endedOn !== null ? (
                  <button type="button" class="button small" onClick={() => onReinstate(contract)}>
                    {words('contract.reinstate')}
                  </button>
                ) : (
                  contract.term !== 'over' && (
                    <button type="button" class="button small danger" onClick={() => onEnd(contract)}>
                      {words('contract.end')}
                    </button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The operator who is assigned to the organisation. */
function Assigned({ contract }: { contract: WireContract }) {
  const app = useApp()
  const name = app.operators.value.find(({ id }) => id === contract.operatorId)?.name
  const words = useWords()
  return name === undefined ? null : (
    <small title={words('contract.operatorId')}>
      {words('contract.operatorId')}: {name}
    </small>
  )
}

/** The days of a contract's term, and what is worth knowing of them. */
export function Term({ contract, today }: { contract: WireContract; today: LocalDay }) {
  const words = useWords()
  const note = termNote(contract, today, words)
  return (
    <>
      <span class="contract-term">
        {words('contract.span', {
          from: paperDay(contract.startsOn),
          to: paperDay(
            contract.endedOn !== null && contract.endedOn < contract.endsOn
              ? contract.endedOn
              : contract.endsOn,
          ),
        })}
      </span>
      {note && <span class={`badge ${note.tone}`}>{note.text}</span>}
    </>
  )
}
