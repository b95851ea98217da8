/**
 * A request's address as it may be logged: without the query, where people's own words stand, without tokens, and
 * without anything as long as an IIN or a BIN.
 */
export function loggedUrl(url: string): string {
  return (url.split('?')[0] ?? '')
    .replace(/\/invitations\/[^/]{20,}/, '/invitations/[hidden]')
    .replace(/\d{12,}/g, '[hidden]')
    .slice(0, 200)
}
