import type { Language } from '../engine/language.ts'
import type { WireFile, WireRefusal } from '../engine/wire.ts'
import type { AcceptInvitation, InvitationRequest, Role } from '../engine/wireAccess.ts'
import type { CalendarChangeRequest, CalendarPreview, WireCalendar } from '../engine/wireCalendar.ts'
import type { WireOperator } from '../engine/wireConsole.ts'
import type {
  ContractInput,
  ContractPage,
  ContractState,
  ImportDone,
  ImportPreview,
  WireContract,
  WireContractChange,
} from '../engine/wireContracts.ts'
import type {
  EscalationInput,
  WireChatCode,
  WireEscalation,
  WireEscalations,
} from '../engine/wireEscalation.ts'
import type { Report } from '../engine/wireReport.ts'
import type { HandRequest, RequestPlace, WireRegistered } from '../engine/wireRequests.ts'

import { articleCalls } from './articleCalls.ts'

/** `status` 0: the server could not be reached. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly refusal?: WireRefusal }
export type Refused = Extract<Answer<unknown>, { ok: false }>

export type InvitationSeen = {
  readonly email: string | null
  readonly role: Role
  readonly firstAdministrator: boolean
}
export type PendingInvitation = {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly desks: readonly string[]
  readonly languages: readonly Language[]
  readonly expiresAt: string
}
/** What a report is about; an empty filter is none. */
export type ReportWish = {
  readonly from: string
  readonly to: string
  readonly desk: string
  readonly channel: string
  readonly operator: string
  readonly level: string
}
/** Which contracts are listed. */
export type ContractWish = { readonly desk: string; readonly state: ContractState; readonly q: string }
export type OperatorChange = Partial<
  Pick<WireOperator, 'active' | 'role' | 'desks' | 'languages' | 'capacity'>
>

/** For how long an answer is awaited where asking again does no harm, in milliseconds. */
const patience = 20_000
const contracts = '/api/console/contracts'
const query = (params: Readonly<Record<string, string>>) => new URLSearchParams(params).toString()

export type Http = ReturnType<typeof createHttp>

function refusalIn(text: string): WireRefusal | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('refusal' in body)) return undefined
    const refusal = body.refusal
    const worded = typeof refusal === 'object' && refusal !== null && 'text' in refusal
    return worded && typeof refusal.text === 'string' ? (refusal as WireRefusal) : undefined
  } catch {
    return undefined
  }
}

const failed = (status: number, text: string): Answer<never> => {
  const refusal = refusalIn(text)
  return { ok: false, status, ...(refusal && { refusal }) }
}

/** The console's HTTP calls; refusals come in the language of the screen. Nothing here throws. */
export function createHttp(language: () => Language) {
  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    try {
      const response = await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          'Accept-Language': language(),
          'X-Komekshi': '1',
          ...(body !== undefined && {
            'Content-Type': body instanceof Blob ? 'application/octet-stream' : 'application/json',
          }),
        },
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(signal && { signal }),
      })
      const text = await response.text()
      if (!response.ok) return failed(response.status, text)
      return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T }
    } catch {
      return { ok: false, status: 0 }
    }
  }

  /** Sends one file; `progress` is told from 0 to 1. XMLHttpRequest, because fetch tells nothing of an upload. */
  function upload(
    conversationId: string,
    file: File,
    progress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<Answer<WireFile>> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest()
      const body = new FormData()
      body.append('file', file)
      request.open('POST', `/api/uploads?conversation=${encodeURIComponent(conversationId)}`)
      request.setRequestHeader('Accept-Language', language())
      request.setRequestHeader('X-Komekshi', '1')
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
      request.onload = () =>
        resolve(
          request.status === 201
            ? { ok: true, value: JSON.parse(request.responseText) as WireFile }
            : failed(request.status, request.responseText),
        )
      request.onerror = request.onabort = () => resolve({ ok: false, status: 0 })
      signal.addEventListener('abort', () => request.abort())
      request.send(body)
    })
  }

  /** Fetches a file for the person to keep. */
  async function download(path: string): Promise<Answer<Blob>> {
    try {
      const response = await fetch(path, {
        credentials: 'same-origin',
        headers: { 'Accept-Language': language() },
      })
      if (!response.ok) return failed(response.status, await response.text())
      return { ok: true, value: await response.blob() }
    } catch {
      return { ok: false, status: 0 }
    }
  }

  return {
    upload,
    articles: articleCalls(call),
    report: (wish: ReportWish) => call<Report>('GET', `/api/console/report?${new URLSearchParams(wish)}`),
    reportCsv: (wish: ReportWish) => download(`/api/console/report.csv?${new URLSearchParams(wish)}`),
    contracts: (wish: ContractWish, offset: number) =>
      call<ContractPage>('GET', `${contracts}?${query({ ...wish, offset: String(offset) })}`),
    contractsCsv: (wish: ContractWish) => download(`${contracts}.csv?${query(wish)}`),
    findContracts: (desk: string, q: string) =>
      call<readonly WireContract[]>('GET', `${contracts}/search?${query({ desk, q })}`),
    addContract: (desk: string, contract: ContractInput) =>
      call<WireContract>('POST', `${contracts}?${query({ desk })}`, contract),
    changeContract: (id: string, contract: ContractInput & { version: number }) =>
      call<WireContract>('PUT', `${contracts}/${id}`, contract),
    endContract: (id: string, act: 'end' | 'reinstate', version: number) =>
      call<WireContract>('POST', `${contracts}/${id}/${act}`, { version }),
    contractChanges: (id: string) => call<readonly WireContractChange[]>('GET', `${contracts}/${id}/changes`),
    previewContracts: (desk: string, file: Blob) =>
      call<ImportPreview>('POST', `${contracts}/import?${query({ desk })}`, file),
    importContracts: (desk: string, file: Blob, plan: string) =>
      call<ImportDone>('POST', `${contracts}/import?${query({ desk, plan })}`, file),
    escalations: () => call<WireEscalations>('GET', '/api/console/escalation'),
    saveEscalation: (desk: string, input: EscalationInput) =>
      call<WireEscalation>('PUT', `/api/console/escalation/${encodeURIComponent(desk)}`, input),
    chatCode: (desk: string) =>
      call<WireChatCode>('POST', `/api/console/escalation/${encodeURIComponent(desk)}/chat`),
    disconnectChat: (desk: string) =>
      call<WireEscalation>('DELETE', `/api/console/escalation/${encodeURIComponent(desk)}/chat`),
    tryEscalation: (desk: string) =>
      call<{ sent: number }>('POST', `/api/console/escalation/${encodeURIComponent(desk)}/trial`),
    calendar: (desk: string, year: number) =>
      call<WireCalendar>('GET', `/api/console/calendar?${new URLSearchParams({ desk, year: String(year) })}`),
    previewCalendar: (request: CalendarChangeRequest) =>
      call<CalendarPreview>('POST', '/api/console/calendar/preview', request),
    changeCalendar: (request: CalendarChangeRequest, year: number) =>
      call<WireCalendar>('POST', `/api/console/calendar?year=${year}`, request),
    placeRequest: (place: RequestPlace) =>
      call<{ conversationId: string }>('POST', '/api/console/requests/place', place),
    registerRequest: (request: HandRequest) =>
      call<WireRegistered>('POST', '/api/console/requests', request, AbortSignal.timeout(patience)),
    me: () => call<WireOperator>('GET', '/api/console/me'),
    login: (email: string, password: string) => call<void>('POST', '/api/console/login', { email, password }),
    logout: () => call<void>('POST', '/api/console/logout'),
    invitation: (token: string) =>
      call<InvitationSeen>('GET', `/api/console/invitations/${encodeURIComponent(token)}`),
    accept: (acceptance: AcceptInvitation) => call<void>('POST', '/api/console/accept', acceptance),
    invitations: () => call<readonly PendingInvitation[]>('GET', '/api/console/invitations'),
    invite: (request: InvitationRequest) =>
      call<{ link: string; expiresAt: string }>('POST', '/api/console/invitations', request),
    revoke: (id: string) => call<void>('DELETE', `/api/console/invitations/${encodeURIComponent(id)}`),
    operators: () => call<readonly WireOperator[]>('GET', '/api/console/operators'),
    change: (id: string, change: OperatorChange) =>
      call<WireOperator>('PATCH', `/api/console/operators/${encodeURIComponent(id)}`, change),
  }
}
