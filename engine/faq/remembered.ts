/** The same function, worked out once for each object it is asked about. */
export function remembered<Of extends object, What>(work: (of: Of) => What): (of: Of) => What {
  const known = new WeakMap<Of, { readonly what: What }>()
  return (of) => {
    const found = known.get(of)
    if (found) return found.what
    const what = work(of)
    known.set(of, { what })
    return what
  }
}
