import { useEffect, useState } from 'preact/hooks'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { ContractState, WireContract } from '../../engine/wireContracts.ts'
import type { Answer, ContractWish } from '../http.ts'
import { decimalWords } from '../logic/decimalWords.ts'
import { isoDay, wallClock } from '../logic/localTime.ts'
import { saveFile } from '../saveFile.ts'
import { Awaited } from './Awaited.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { ContractDialog } from './ContractDialog.tsx'
import { ContractImportDialog } from './ContractImportDialog.tsx'
import { ContractTable } from './ContractTable.tsx'
import { useApp, useWords } from './context.ts'
import { DeskSelect } from './DeskSelect.tsx'
import { EmptyState } from './EmptyState.tsx'
import { Icon } from './Icon.tsx'
import { NotAllowed } from './NotAllowed.tsx'

const states = ['current', 'expiring', 'over', 'all'] as const satisfies readonly ContractState[]

/** Support contracts and certificates of one's desks: for supervisors and administrators. */
export function ContractsScreen() {
  const app = useApp()
  const words = useWords()
  const me = app.me.value
  const own = app.ownDesks.value.filter(({ contracts }) => contracts)
  const [first] = own
  if (me && me.role !== 'operator' && first) return <Contracts desks={own} first={first} />
  return (
    <main class="team contracts" id="work" tabIndex={-1}>
      <NotAllowed title={words(me?.role === 'operator' ? 'contracts.forbidden' : 'contracts.noDesk')} />
    </main>
  )
}

type Open =
  | { readonly dialog: 'add' | 'import' }
  | { readonly dialog: 'edit' | 'end'; readonly contract: WireContract }
type Listed = { readonly contracts: readonly WireContract[]; readonly total: number }

/** How long after the last key the list is asked for. */
const typingMilliseconds = 250

function Contracts({ desks, first }: { desks: readonly WireDesk[]; first: WireDesk }) {
  const app = useApp()
  const words = useWords()
  const [wish, setWish] = useState<ContractWish>({ desk: first.id, state: 'current', q: '' })
  const [answer, setAnswer] = useState<Answer<Listed>>()
  const [loading, setLoading] = useState(true)
  const [round, setRound] = useState(0)
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const again = () => setRound((before) => before + 1)
  const desk = desks.find(({ id }) => id === wish.desk) ?? first
  const today = isoDay(wallClock(app.clock.now.value, desk.zone))

  useEffect(() => {
    let wanted = true
    setLoading(true)
    const timer = setTimeout(
      () =>
        void app.http.contracts(wish, 0).then((page) => {
          if (!wanted) return
          setAnswer(page)
          setLoading(false)
        }),
      answer && wish.q !== '' ? typingMilliseconds : 0,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [app, wish, round])

  async function more() {
    if (!answer?.ok) return
    const page = await app.http.contracts(wish, answer.value.contracts.length)
    if (!page.ok) return app.showRefusal(page)
    setAnswer({
      ok: true,
      value: { total: page.value.total, contracts: [...answer.value.contracts, ...page.value.contracts] },
    })
  }
  async function end(contract: WireContract, act: 'end' | 'reinstate') {
    const done = await app.http.endContract(contract.id, act, contract.version)
    if (!done.ok) app.showRefusal(done)
    again()
  }
  async function download(state: ContractState) {
    const file = await app.http.contractsCsv({ ...wish, state })
    if (file.ok) saveFile(file.value, `contracts-${wish.desk}.csv`)
    else app.showRefusal(file)
  }

  return (
    <main class="team contracts" id="work" tabIndex={-1}>
      <div class="team-head">
        <h1>{words('contracts.title')}</h1>
        <div class="head-actions">
          <button type="button" class="button" onClick={() => void download(wish.state)}>
            <Icon name="download" size={17} />
            {words('contracts.export')}
          </button>
          <button type="button" class="button" onClick={() => setOpen({ dialog: 'import' })}>
            <Icon name="file" size={17} />
            {words('contracts.import')}
          </button>
          <button type="button" class="button primary" onClick={() => setOpen({ dialog: 'add' })}>
            <Icon name="plus" size={17} />
            {words('contracts.add')}
          </button>
        </div>
      </div>
      <div class="contract-filters">
        <DeskSelect
          label={words('queue.desk')}
          desks={desks}
          value={wish.desk}
          onChange={(chosen) => setWish({ ...wish, desk: chosen })}
        />
        <fieldset class="segments" aria-label={words('contracts.states')}>
          {states.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={state === wish.state}
              onClick={() => setWish({ ...wish, state })}
            >
              {words(`contracts.state.${state}`)}
            </button>
          ))}
        </fieldset>
        <input
          type="search"
          class="input compact contract-search"
          aria-label={words('contracts.search')}
          placeholder={words('contracts.search')}
          maxLength={200}
          value={wish.q}
          onInput={(event) => setWish({ ...wish, q: event.currentTarget.value })}
        />
      </div>
      <Awaited answer={answer} lines={6} onAgain={again} />
      {answer?.ok && answer.value.contracts.length === 0 && <NothingListed wish={wish} />}
      {answer?.ok && answer.value.contracts.length > 0 && (
        <div aria-busy={loading} aria-live="polite" class="contract-list">
          <ContractTable
            contracts={answer.value.contracts}
            desk={desk}
            today={today}
            onEdit={(contract) => setOpen({ dialog: 'edit', contract })}
            onEnd={(contract) => setOpen({ dialog: 'end', contract })}
            onReinstate={(contract) => void end(contract, 'reinstate')}
          />
          {answer.value.total > answer.value.contracts.length && (
            <p class="contract-more">
              <span class="muted">
                {words('contracts.shown', {
                  shown: decimalWords(answer.value.contracts.length),
                  total: decimalWords(answer.value.total),
                })}
              </span>
              <button type="button" class="button" onClick={() => void more()}>
                {words('contracts.more')}
              </button>
            </p>
          )}
        </div>
      )}
      {open?.dialog === 'add' && <ContractDialog desk={desk} today={today} onClose={close} onSaved={again} />}
      {open?.dialog === 'edit' && (
        <ContractDialog desk={desk} today={today} contract={open.contract} onClose={close} onSaved={again} />
      )}
      {open?.dialog === 'end' && (
        <ConfirmDialog
          title={words('contract.endTitle', { organisation: open.contract.organisation })}
          text={words('contract.endText')}
          confirm={words('contract.end')}
          onConfirm={() => void end(open.contract, 'end')}
          onClose={close}
        />
      )}
      {open?.dialog === 'import' && (
        <ContractImportDialog
          desk={desk}
          onTemplate={() => void download('all')}
          onClose={close}
          onImported={again}
        />
      )}
    </main>
  )
}

function NothingListed({ wish: { state, q } }: { wish: ContractWish }) {
  const words = useWords()
  const any = q === '' && (state === 'current' || state === 'all')
  return (
    <EmptyState
      icon={any ? 'file' : 'search'}
      title={words(any ? 'contracts.none' : 'contracts.nothingFound')}
      text={words(any ? 'contracts.noneText' : 'contracts.nothingFoundText')}
    />
  )
}
