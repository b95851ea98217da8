/** The product's name with its sign. */
export function Mark() {
  return (
    <span class="mark">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="var(--accent)" />
        <path
          d="M9 10.5A2.5 2.5 0 0 1 11.5 8h9a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5H16l-5 4v-4a2 2 0 0 1-2-2z"
          fill="var(--on-accent)"
        />
        <path
          d="m12.5 14 2.5 2.5 4.5-4.5"
          fill="none"
          stroke="var(--accent)"
          stroke-width="2"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      <span class="mark-name">Komekshi</span>
    </span>
  )
}
