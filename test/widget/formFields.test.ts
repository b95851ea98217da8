import { describe, expect, it } from 'vitest'
import { mayBeKept, missingFields, valuesToSend, visibleFields } from '../../widget/formFields.ts'
import { field } from './fakes.ts'

const iin = field('iin', { kind: 'iin', required: true })
const organisation = field('organisation', { kind: 'organisation' })
const bin = field('bin', { kind: 'bin', required: true, onlyWith: 'organisation' })
const files = field('files', { kind: 'files', required: true })
const form = [iin, organisation, bin, files]

const ids = (fields: readonly { id: string }[]) => fields.map(({ id }) => id)

describe('a form in the thread', () => {
  it('asks for the BIN once an organisation is named', () => {
    expect(ids(visibleFields(form, {}))).toEqual(['iin', 'organisation', 'files'])
    expect(ids(visibleFields(form, { organisation: '  ' }))).toEqual(['iin', 'organisation', 'files'])
    expect(ids(visibleFields(form, { organisation: 'Алатау' }))).toEqual([
      'iin',
      'organisation',
      'bin',
      'files',
    ])
  })

  it('counts what the desk knows already as filled', () => {
    const known = [iin, { ...organisation, value: 'Алатау' }, bin]
    expect(ids(visibleFields(known, {}))).toContain('bin')
    expect(ids(visibleFields(known, { organisation: '' }))).not.toContain('bin')
  })

  it('misses required fields only where they are shown, and leaves files to the server', () => {
    expect(missingFields(form, {})).toEqual(['iin'])
    expect(missingFields(form, { iin: '1', organisation: 'Алатау' })).toEqual(['bin'])
  })

  it('sends what is shown, trimmed, without what was left empty', () => {
    expect(valuesToSend(form, { iin: ' 900101300123 ', bin: '123' })).toEqual({ iin: '900101300123' })
  })

  it('sends an emptied field only to take back what the desk knew', () => {
    const known = [iin, { ...organisation, value: 'Алатау' }, bin]
    expect(valuesToSend(known, { iin: '1', organisation: '' })).toEqual({ iin: '1', organisation: '' })
  })

  it('keeps words about the matter over a reload, and never who the person is', () => {
    const kinds = [
      'iin',
      'bin',
      'fullName',
      'organisation',
      'phone',
      'email',
      'contact',
      'text',
      'files',
    ] as const
    expect(kinds.filter((kind) => mayBeKept(field('x', { kind })))).toEqual([])
    expect(mayBeKept(field('x', { kind: 'longText' }))).toBe(true)
    expect(mayBeKept(field('x', { kind: 'choice' }))).toBe(true)
  })
})
