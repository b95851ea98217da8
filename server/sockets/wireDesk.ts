import { wireField } from '../../engine/conversation/render.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import { mostBytesOf } from '../uploads/uploads.ts'

/** A desk as the console knows it, in the words of its screen. */
export const wireDesk = (desk: Desk, language: Language): WireDesk => ({
  id: desk.id,
  name: desk.name[language],
  shortName: desk.shortName?.[language] ?? null,
  zone: desk.zone,
  contracts: desk.contracts
    ? {
        required: desk.contracts.required,
        recognisedBy: {
          bin: desk.contracts.recognisedBy.bin !== undefined,
          number: desk.contracts.recognisedBy.number !== undefined,
        },
        types: desk.contracts.types.map((type) => ({
          id: type.id,
          label: type.label[language],
          level: type.level,
          openLimit: type.openLimit ?? null,
        })),
      }
    : null,
  form: {
    identification: desk.identification.fields.map((field) => wireField(field, language)),
    request: desk.request.fields.map((field) => wireField(field, language)),
    files: { types: desk.attachments.types, maxBytes: mostBytesOf(desk.attachments) },
  },
})
