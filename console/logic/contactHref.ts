/** Where a contact leads: `mailto:` for an e-mail address, `tel:` for a phone number, nowhere for anything else. */
export function contactHref(value: string): string | undefined {
  const text = value.trim()
  if (/^[^\s@,;?&]+@[^\s@,;?&]+\.[^\s@,;?&]+$/.test(text)) return `mailto:${text}`
  const digits = text.replace(/[\s()-]/g, '')
  return /^\+?\d{10,15}$/.test(digits) ? `tel:${digits}` : undefined
}
