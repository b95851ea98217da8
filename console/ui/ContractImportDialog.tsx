import { useRef, useState } from 'preact/hooks'
import { maxImportBytes } from '../../engine/limits.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { ImportDone, ImportPreview, ImportRow } from '../../engine/wireContracts.ts'
import { changeWords } from '../logic/contractChange.ts'
import { decimalWords } from '../logic/decimalWords.ts'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { Icon } from './Icon.tsx'

type Props = {
  readonly desk: WireDesk
  readonly onTemplate: () => void
  readonly onClose: () => void
  readonly onImported: () => void
}

const columns = [
  'contract.number',
  'contract.bin',
  'contract.organisation',
  'contract.level',
  'contract.type',
  'contract.startsOn',
  'contract.endsOn',
  'contract.openLimit',
  'contract.channels',
  'contract.operatorId',
] as const

/** A file of contracts: first what it would do, row by row; then, once it is confirmed, that. */
export function ContractImportDialog({ desk, onTemplate, onClose, onImported }: Props) {
  const app = useApp()
  const words = useWords()
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState<ImportPreview>()
  const [done, setDone] = useState<ImportDone>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function look(chosen: File) {
    setFile(chosen)
    setPreview(undefined)
    setError(undefined)
    if (chosen.size > maxImportBytes) return setError(words('import.tooLarge'))
    setBusy(true)
    const answer = await app.http.previewContracts(desk.id, chosen)
    setBusy(false)
    if (answer.ok) setPreview(answer.value)
    else setError(app.refusalText(answer))
  }
  async function confirm() {
    if (!file || !preview) return
    setBusy(true)
    const answer = await app.http.importContracts(desk.id, file, preview.plan)
    setBusy(false)
    if (answer.ok) {
      setDone(answer.value)
      return onImported()
    }
    setError(app.refusalText(answer))
    if (answer.status === 409) {
      const again = await app.http.previewContracts(desk.id, file)
      if (again.ok) setPreview(again.value)
    }
  }
  const deeds = preview ? preview.counts.new + preview.counts.changed : 0

  if (done)
    return (
      <Dialog title={words('import.title')} onClose={onClose}>
        <p role="status">
          {words('import.done', { added: decimalWords(done.added), changed: decimalWords(done.changed) })}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button primary" data-first onClick={onClose}>
            {words('action.done')}
          </button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={`${words('import.title')}: ${desk.name}`} onClose={onClose} wide>
      <div class="stack">
        {!preview && (
          <>
            <p class="muted">
              {words('import.about', { columns: columns.map((key) => words(key)).join(', ') })}
            </p>
            <button type="button" class="link" onClick={onTemplate}>
              {words('import.template')}
            </button>
          </>
        )}
        <input
          ref={picker}
          type="file"
          class="unseen"
          tabIndex={-1}
          aria-label={words('import.choose')}
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (chosen) void look(chosen)
          }}
        />
        <div class="import-file">
          <button
            type="button"
            class={preview ? 'button' : 'button primary'}
            data-first
            disabled={busy}
            onClick={() => picker.current?.click()}
          >
            <Icon name="file" size={17} />
            {words(file ? 'import.other' : 'import.choose')}
          </button>
          {file && <span class="muted">{file.name}</span>}
        </div>
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        {busy && !preview && <p role="status">{words('import.looking')}</p>}
        {preview && <Plan preview={preview} desk={desk} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {words('action.cancel')}
          </button>
          {preview && (
            <button
              type="button"
              class="button primary"
              disabled={busy || deeds === 0}
              aria-busy={busy}
              onClick={() => void confirm()}
            >
              {deeds === 0 ? words('import.nothing') : words('import.confirm', { count: deeds })}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

const outcomes = ['new', 'changed', 'unchanged', 'wrong'] as const

function Plan({ preview, desk }: { preview: ImportPreview; desk: WireDesk }) {
  const words = useWords()
  const { counts, rows, encoding } = preview
  const told = counts.new + counts.changed + counts.wrong
  return (
    <section class="import-plan" aria-label={words('import.outcome')}>
      <p>{words('import.nothingYet')}</p>
      {encoding === 'windows-1251' && <p class="notice warning">{words('import.encoding')}</p>}
      <ul class="import-counts">
        {outcomes.map((outcome) => (
          <li key={outcome} class={outcome} data-none={counts[outcome] === 0}>
            {words(`import.${outcome}`, { count: decimalWords(counts[outcome]) })}
          </li>
        ))}
      </ul>
      {counts.wrong > 0 && <p class="muted">{words('import.wrongText')}</p>}
      {rows.length > 0 && (
        <div class="table-frame">
          <table>
            <thead>
              <tr>
                <th scope="col">{words('import.line')}</th>
                <th scope="col">{words('contract.organisation')}</th>
                <th scope="col">{words('import.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line} class={row.outcome}>
                  <td>{row.line}</td>
                  <th scope="row">
                    {row.organisation || words('contract.empty')}
                    <small>
                      {[row.number && `№ ${row.number}`, row.bin && `${words('contract.bin')} ${row.bin}`]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </th>
                  <td>
                    <Outcome row={row} desk={desk} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {told > rows.length && (
        <p class="muted">{words('import.rest', { count: decimalWords(rows.length) })}</p>
      )}
    </section>
  )
}

function Outcome({ row, desk }: { row: ImportRow; desk: WireDesk }) {
  const words = useWords()
  return (
    <>
      <strong>{words(`import.row.${row.outcome}`)}</strong>
      {row.outcome === 'wrong' && (
        <small>{row.faults.map((fault) => words(`import.fault.${fault}`)).join('; ')}</small>
      )}
      {row.outcome === 'changed' &&
        row.fields.map((field) => <small key={field.field}>{changeWords(field, desk, words)}</small>)}
    </>
  )
}
