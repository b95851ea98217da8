import { useState } from 'preact/hooks'
import type { LocalDay } from '../../engine/conversation/instant.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireContract } from '../../engine/wireContracts.ts'
import { type ContractForm, formOf, inputOf, newForm } from '../logic/contractForm.ts'
import { ContractFields } from './ContractFields.tsx'
import { ContractHistory } from './ContractHistory.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'

type Props = {
  readonly desk: WireDesk
  readonly today: LocalDay
  /** Left out for a new one. */
  readonly contract?: WireContract
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** Adds a contract, or changes one. */
export function ContractDialog({ desk, today, contract, onClose, onSaved }: Props) {
  const app = useApp()
  const words = useWords()
  const terms = desk.contracts
  const [form, setForm] = useState<ContractForm | undefined>(() =>
    contract ? formOf(contract) : terms ? newForm(terms, today) : undefined,
  )
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  if (!form || !terms) return null

  async function save(event: Event) {
    event.preventDefault()
    if (!form) return
    setBusy(true)
    const input = inputOf(form)
    const answer = contract
      ? await app.http.changeContract(contract.id, { ...input, version: contract.version })
      : await app.http.addContract(desk.id, input)
    setBusy(false)
    if (!answer.ok) {
      setFaults(answer.refusal?.fields ?? {})
      return setError(app.refusalText(answer))
    }
    onSaved()
    onClose()
  }
  return (
    <Dialog title={contract?.organisation ?? words('contract.addTitle')} onClose={onClose} wide>
      <form class="stack" noValidate onSubmit={save}>
        <ContractFields desk={desk} terms={terms} form={form} faults={faults} onChange={setForm} />
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        <DialogActions confirm={words('action.save')} busy={busy} onClose={onClose} />
      </form>
      {contract && <ContractHistory contract={contract} desk={desk} />}
    </Dialog>
  )
}
