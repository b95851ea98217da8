import { useEffect, useRef } from 'preact/hooks'
import type { WireDesk } from '../../engine/wireConsole.ts'
import {
  answersTo,
  handChannels,
  handPriorities,
  isBegun,
  mailField,
  subjectField,
} from '../logic/handForm.ts'
import { Choices } from './Choices.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'
import { Field } from './Field.tsx'
import { HandField } from './HandField.tsx'
import { HandFiles } from './HandFiles.tsx'

/** Puts down a request that came by telephone or as an official letter (edoc regulation, §4 and §8). */
export function HandRequestDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { handRequest, ownDesks } = app
  const form = handRequest.form.value
  const found = useRef(isBegun(form))
  const frame = useRef<HTMLFormElement>(null)
  const chosen =
    form.desk || (ownDesks.value.length === 1 ? ownDesks.value[0]?.id : app.queue.desk.value) || ''
  const desk = ownDesks.value.find(({ id }) => id === chosen)
  const faults = handRequest.faults.value
  const uploading = app.uploads.list.value.some(
    ({ conversationId, file, refusal }) => form.places.includes(conversationId) && !file && !refusal,
  )

  useEffect(() => {
    if (Object.keys(faults).length === 0) return
    const wrong = frame.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    ;(wrong?.matches('fieldset') ? wrong.querySelector<HTMLElement>('input') : wrong)?.focus()
    // the window's foot lies over the end of what can be scrolled
    wrong?.scrollIntoView({ block: 'center' })
  }, [faults])

  function submit() {
    if (desk && !uploading) void handRequest.send(desk)
  }
  async function attach(files: readonly File[]) {
    const place = desk && files.length > 0 && (await handRequest.place(desk))
    if (place) app.uploads.add(place, files)
  }

  return (
    <Dialog title={words('hand.new')} onClose={onClose} wide whole>
      <form
        ref={frame}
        class="hand"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
        }}
        onDrop={(event) => {
          event.preventDefault()
          void attach([...(event.dataTransfer?.files ?? [])])
        }}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])]
          if (files.length === 0) return
          event.preventDefault()
          void attach(files)
        }}
      >
        {found.current && isBegun(form) && <p class="notice">{words('hand.kept')}</p>}
        {ownDesks.value.length > 1 && (
          <Field label={words('queue.desk')}>
            {(control) => (
              <select
                {...control}
                class="input"
                {...(desk === undefined && { 'data-first': true })}
                value={desk ? chosen : ''}
                onChange={(event) => handRequest.change({ desk: event.currentTarget.value })}
              >
                {desk === undefined && <option value="">{words('hand.chooseDesk')}</option>}
                {ownDesks.value.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <div class="hand-how">
          <Choices
            legend={words('ticket.channel')}
            options={handChannels.map((id) => ({ id, label: words(`channel.${id}`), icon: id }))}
            chosen={form.channel}
            onChoose={(channel) => handRequest.change({ channel })}
          />
          <Choices
            legend={words('hand.language')}
            options={(['kk', 'ru'] as const).map((id) => ({ id, label: words(`language.${id}`) }))}
            chosen={form.language}
            onChoose={(language) => handRequest.change({ language })}
          />
        </div>
        {desk && <DeskPart desk={desk} onFiles={(files) => void attach(files)} />}
        <div class="hand-foot">
          <div aria-live="assertive">
            {handRequest.error.value && <p class="notice danger">{handRequest.error.value}</p>}
          </div>
          <DialogActions
            confirm={words('hand.save')}
            ready={desk !== undefined && !uploading}
            busy={handRequest.busy.value}
            onClose={onClose}
          >
            {isBegun(form) && (
              <button
                type="button"
                class="button hand-clear"
                disabled={handRequest.busy.value}
                onClick={() => {
                  found.current = false
                  handRequest.clear()
                }}
              >
                {words('hand.clear')}
              </button>
            )}
          </DialogActions>
        </div>
      </form>
    </Dialog>
  )
}

/** What one desk asks for, and what becomes of the request. */
function DeskPart({ desk, onFiles }: { desk: WireDesk; onFiles: (files: readonly File[]) => void }) {
  const app = useApp()
  const words = useWords()
  const { handRequest } = app
  const form = handRequest.form.value
  const subject = subjectField(desk)
  const mail = mailField(desk)
  const files = desk.form.request.find(({ kind }) => kind === 'files')
  return (
    <>
      {subject && <p class="muted small-text">{words('hand.about', { field: subject.label })}</p>}
      <section class="hand-part" aria-label={words('about.person')}>
        <h3>{words('about.person')}</h3>
        <div class="contract-fields">
          {desk.form.identification.map((field, place) => (
            <HandField
              key={field.id}
              field={field}
              first={place === 0}
              hint={field === mail && app.sendsMail.value ? words('hand.mailedHere') : undefined}
            />
          ))}
          {!mail && app.sendsMail.value && (
            <Field
              label={words('hand.answersTo')}
              hint={words('hand.answersToHint')}
              error={handRequest.faults.value.answersTo}
            >
              {(control) => (
                <input
                  {...control}
                  class="input"
                  type="text"
                  inputMode="email"
                  autocomplete="off"
                  maxLength={254}
                  value={answersTo(desk, form)}
                  onInput={(event) => handRequest.change({ answersTo: event.currentTarget.value })}
                />
              )}
            </Field>
          )}
        </div>
      </section>
      <section class="hand-part" aria-label={words('about.request')}>
        <h3>{words('about.request')}</h3>
        <div class="contract-fields">
          {desk.form.request
            .filter(({ kind }) => kind !== 'files')
            .map((field) => (
              <HandField key={field.id} field={field} />
            ))}
          <HandFiles
            label={files?.label ?? words('about.files')}
            types={desk.form.files.types}
            onFiles={onFiles}
          />
        </div>
      </section>
      <div class="hand-how">
        <Choices
          legend={words('ticket.priority')}
          options={handPriorities.map((id) => ({ id, label: words(`priority.${id}`) }))}
          chosen={form.priority}
          onChoose={(priority) => handRequest.change({ priority })}
        />
        <div class="checks">
          <label>
            <input
              type="checkbox"
              checked={form.takes}
              onChange={(event) => handRequest.change({ takes: event.currentTarget.checked })}
            />
            {words('hand.takes')}
          </label>
          <p class="field-hint">{words('hand.takesHint')}</p>
        </div>
      </div>
    </>
  )
}
