import type { Language } from '../../engine/language.ts'
import type { Role } from '../../engine/wireAccess.ts'
import { useApp, useWords } from './context.ts'
import { Field } from './Field.tsx'

/** What a member of the team may do, where, and in which languages. */
export type Place = {
  readonly role: Role
  readonly desks: readonly string[]
  readonly languages: readonly Language[]
}

const roles = ['operator', 'supervisor', 'administrator'] as const
const languages = ['kk', 'ru'] as const

const toggled = <T,>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item]

/** The fields of a place in the team; at least one desk and one language are needed. */
export function PlaceFields({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const app = useApp()
  const words = useWords()
  return (
    <>
      <Field label={words('team.role')} hint={words(`role.${place.role}.about`)}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={place.role}
            onChange={(event) => {
              const role = roles.find((each) => each === event.currentTarget.value)
              if (role) onChange({ ...place, role })
            }}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {words(`role.${role}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset class="checks">
        <legend>{words('team.desks')}</legend>
        {app.desks.value.map((desk) => (
          <label key={desk.id}>
            <input
              type="checkbox"
              checked={place.desks.includes(desk.id)}
              onChange={() => onChange({ ...place, desks: toggled(place.desks, desk.id) })}
            />
            {desk.name}
          </label>
        ))}
      </fieldset>
      <fieldset class="checks">
        <legend>{words('team.languages')}</legend>
        {languages.map((language) => (
          <label key={language}>
            <input
              type="checkbox"
              checked={place.languages.includes(language)}
              onChange={() => onChange({ ...place, languages: toggled(place.languages, language) })}
            />
            {words(`language.${language}`)}
          </label>
        ))}
      </fieldset>
    </>
  )
}
