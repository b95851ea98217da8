// biome-ignore-all lint/a11y/noRedundantRoles: on a narrow screen the rows are not laid out as a table, and browsers would forget that they are one
import { useEffect, useState } from 'preact/hooks'
import type { WireOperator } from '../../engine/wireConsole.ts'
import type { Answer, PendingInvitation } from '../http.ts'
import { momentWords } from '../logic/dateWords.ts'
import { Awaited } from './Awaited.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { LanguageList } from './LanguageList.tsx'
import { MemberDialog } from './MemberDialog.tsx'
import { NotAllowed } from './NotAllowed.tsx'

type Open =
  | { readonly dialog: 'invite' }
  | { readonly dialog: 'edit' | 'deactivate'; readonly operator: WireOperator }
  | { readonly dialog: 'revoke'; readonly invitation: PendingInvitation }

/** Who works here: for administrators. */
export function Team() {
  const app = useApp()
  const words = useWords()
  const [members, setMembers] = useState<Answer<readonly WireOperator[]>>()
  const [invitations, setInvitations] = useState<Answer<readonly PendingInvitation[]>>()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)

  const load = async () => {
    const [people, invited] = await Promise.all([app.http.operators(), app.http.invitations()])
    setMembers(people)
    setInvitations(invited)
  }
  const administrator = app.me.value?.role === 'administrator'
  useEffect(() => {
    if (administrator) void load()
  }, [administrator])

  const presences = new Map(app.operators.value.map(({ id, presence }) => [id, presence]))
  const presenceOf = ({ id }: WireOperator) => presences.get(id) ?? 'offline'
  const replaced = (changed: WireOperator) => {
    if (members?.ok)
      setMembers({ ok: true, value: members.value.map((each) => (each.id === changed.id ? changed : each)) })
  }
  async function change(operator: WireOperator, active: boolean) {
    const answer = await app.http.change(operator.id, { active })
    if (answer.ok) replaced(answer.value)
    else app.showRefusal(answer)
  }
  async function revoke(invitation: PendingInvitation) {
    const answer = await app.http.revoke(invitation.id)
    if (!answer.ok) app.showRefusal(answer)
    void load()
  }
  const deskNames = (ids: readonly string[]) =>
    ids.map((id) => app.shortDeskNames.value.get(id) ?? id).join(', ')

  if (!administrator)
    return (
      <main class="team" id="work" tabIndex={-1}>
        <NotAllowed title={words('team.forbidden')} />
      </main>
    )
  return (
    <main class="team" id="work" tabIndex={-1}>
      <div class="team-head">
        <h1>{words('team.title')}</h1>
        <button type="button" class="button primary" onClick={() => setOpen({ dialog: 'invite' })}>
          <Icon name="plus" size={17} />
          {words('team.invite')}
        </button>
      </div>
      <Awaited answer={members} lines={6} onAgain={() => void load()} />
      {members?.ok && (
        <div class="table-frame">
          <table role="table">
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  {words('team.person')}
                </th>
                <th scope="col" role="columnheader">
                  {words('team.role')}
                </th>
                <th scope="col" role="columnheader">
                  {words('team.desks')}
                </th>
                <th scope="col" role="columnheader">
                  {words('team.languages')}
                </th>
                <th scope="col" role="columnheader">
                  {words('team.load')}
                </th>
                <th scope="col" role="columnheader">
                  <span class="unseen">{words('actions.label')}</span>
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {members.value.map((operator) => (
                <tr role="row" key={operator.id} data-inactive={!operator.active}>
                  <th scope="row" role="rowheader">
                    <div class="member">
                      <i
                        class={`dot ${presenceOf(operator)}`}
                        title={words(`operator.${presenceOf(operator)}`)}
                      />
                      <span>
                        {operator.name}
                        {operator.id === app.me.value?.id && (
                          <span class="muted"> — {words('author.me')}</span>
                        )}
                        <small>{operator.email}</small>
                      </span>
                    </div>
                  </th>
                  <td role="cell">
                    {words(`role.${operator.role}`)}
                    {!operator.active && <span class="badge off">{words('team.inactive')}</span>}
                  </td>
                  <td role="cell">{deskNames(operator.desks)}</td>
                  <td role="cell">
                    <LanguageList languages={operator.languages} />
                  </td>
                  <td role="cell" data-label={words('team.load')}>
                    {operator.capacity === null
                      ? (app.loads.value.get(operator.id) ?? 0)
                      : words('team.loadOf', {
                          load: app.loads.value.get(operator.id) ?? 0,
                          capacity: operator.capacity,
                        })}
                  </td>
                  <td class="row-actions" role="cell">
                    <button
                      type="button"
                      class="button small"
                      onClick={() => setOpen({ dialog: 'edit', operator })}
                    >
                      {words('team.edit')}
                    </button>
                    {operator.id !== app.me.value?.id &&
                      (operator.active ? (
                        <button
                          type="button"
                          class="button small danger"
                          onClick={() => setOpen({ dialog: 'deactivate', operator })}
                        >
                          {words('team.deactivate')}
                        </button>
                      ) : (
                        <button
                          type="button"
                          class="button small"
                          onClick={() => void change(operator, true)}
                        >
                          {words('team.activate')}
                        </button>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2>{words('team.invitations')}</h2>
      {invitations?.ok && invitations.value.length === 0 && (
        <p class="muted">{words('team.noInvitations')}</p>
      )}
      {invitations?.ok && invitations.value.length > 0 && (
        <ul class="invitations">
          {invitations.value.map((invitation) => (
            <li key={invitation.id}>
              <span>
                <strong>{invitation.email}</strong>
                <small>
                  {words(`role.${invitation.role}`)} · {deskNames(invitation.desks)}
                </small>
              </span>
              <LanguageList languages={invitation.languages} />
              <span class="muted small-text">
                {words('team.expires', {
                  moment: momentWords(
                    Date.parse(invitation.expiresAt),
                    app.clock.now.peek(),
                    app.zoneOf(''),
                    words,
                  ),
                })}
              </span>
              <button
                type="button"
                class="button small danger"
                onClick={() => setOpen({ dialog: 'revoke', invitation })}
              >
                {words('team.revoke')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open?.dialog === 'invite' && <InviteDialog onClose={close} onInvited={() => void load()} />}
      {open?.dialog === 'edit' && (
        <MemberDialog operator={open.operator} onClose={close} onChanged={replaced} />
      )}
      {open?.dialog === 'deactivate' && (
        <ConfirmDialog
          title={words('team.deactivateTitle', { name: open.operator.name })}
          text={words('team.deactivateText')}
          confirm={words('team.deactivate')}
          onConfirm={() => void change(open.operator, false)}
          onClose={close}
        />
      )}
      {open?.dialog === 'revoke' && (
        <ConfirmDialog
          title={words('team.revokeTitle', { email: open.invitation.email })}
          text={words('team.revokeText')}
          confirm={words('team.revoke')}
          onConfirm={() => void revoke(open.invitation)}
          onClose={close}
        />
      )}
    </main>
  )
}
