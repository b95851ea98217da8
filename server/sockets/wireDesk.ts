import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'

/** A desk as the console knows it, in the words of its screen. */
export const wireDesk = ({ id, name, shortName, zone, contracts }: Desk, language: Language): WireDesk => ({
  id,
  name: name[language],
  shortName: shortName?.[language] ?? null,
  zone,
  contracts: contracts
    ? {
        required: contracts.required,
        recognisedBy: {
          bin: contracts.recognisedBy.bin !== undefined,
          number: contracts.recognisedBy.number !== undefined,
        },
        types: contracts.types.map((type) => ({
          id: type.id,
          label: type.label[language],
          level: type.level,
          openLimit: type.openLimit ?? null,
        })),
      }
    : null,
})
