import { listed } from './listed.ts'

/** How people name the desks, their portals and products. `*` stands for any ending. Desks go by their ids, too. */
export const deskNames: Readonly<Record<string, readonly string[]>> = {
  edoc: listed('e-doc*, edoc*, едок, едоку, едока, едоке, еdoc*, е-док'),
  sts: listed(`
    ешди*, есди, eshdi, ешэп*, ешеп, eshep, иқбш*, ikbsh, эпбш*, єпбш, гтс, гтс-*, мтқ*, единый шлюз*, единого шлюз*, единым шлюз*, единому шлюз*
    бірыңғай шлюз*, support.sts*, sts.kz, портал* sts
  `),
  court: listed(`
    судебн* кабинет*, судебн* портал*, кабинет* суд*, сот кабинет*, соттың кабинет*, office.sud*, sud.kz, суд.кз, офис суд
    sudebn* kabinet*, sot kabinet*
  `),
  cryptopro: listed(
    'криптопро*, крипто-про*, крипто про*, cryptopro*, crypto pro, криптопр*, kripto pro, csp, цсп',
  ),
}
