const shapes = {
  send: 'M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4',
  clip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7L9.5 17a1.7 1.7 0 0 1-2.4-2.4L15 7',
  headset:
    'M4 15v-3a8 8 0 0 1 16 0v3M4 14h3v6H5a1 1 0 0 1-1-1zm16 0h-3v6h2a1 1 0 0 0 1-1zm-1 6c0 1.5-2 2-5 2',
  menu: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'm5 9 7 7 7-7',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  plus: 'M12 5v14M5 12h14',
  file: 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zm0 0v5h5',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 13 4.5 4.5L19 7',
  checks: 'm2 13 4.5 4.5L15 7M11 16.5l1 1L21.5 7',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4v5l3 2',
  edit: 'm4 20 1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19z',
  star: 'm12 3 2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z',
  retry: 'M20 11A8 8 0 1 0 18 17M20 5v6h-6',
  alert: 'M12 8v5m0 3.5v.01M12 3 2 20h20z',
  article: 'M5 4h14v16H5zM8.5 9h7m-7 4h7m-7 4h4',
  chevron: 'm9 5 7 7-7 7',
  chat: 'M6 4h12a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-6l-5 4v-4H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z',
}

/** A line icon in the colour of the text around it; it says nothing to a screen reader. */
export function Icon({ name, filled }: { readonly name: keyof typeof shapes; readonly filled?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" class="icon" data-filled={filled} aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
