export type Beep = (kind?: 'soft' | 'alarm') => void

/** Seconds after the start, and pitch, of each note. */
const notes = {
  soft: [
    [0, 660],
    [0.13, 880],
  ],
  alarm: [
    [0, 880],
    [0.18, 660],
    [0.36, 880],
    [0.54, 660],
  ],
} as const

/** So that a storm is one sound. */
const quietMilliseconds = 1_500

/**
 * Asks the ear, not the eye: two soft notes, or four for what is grave. The context is made at the first sound, as
 * browsers demand a gesture; before one, there is no sound.
 */
export function createBeep(): Beep {
  let context: AudioContext | undefined
  let last = Number.NEGATIVE_INFINITY
  return (kind = 'soft') => {
    if (typeof AudioContext === 'undefined' || navigator.userActivation?.hasBeenActive === false) return
    if (performance.now() - last < quietMilliseconds) return
    last = performance.now()
    context ??= new AudioContext()
    void context.resume()
    const start = context.currentTime
    for (const [offset, pitch] of notes[kind]) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.0001, start + offset)
      volume.gain.exponentialRampToValueAtTime(0.12, start + offset + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, start + offset + 0.18)
      tone.connect(volume).connect(context.destination)
      tone.start(start + offset)
      tone.stop(start + offset + 0.2)
    }
  }
}

/** Shows a browser notification when it is allowed and the console is not in front; a click brings it there. */
export function notify(title: string, body: string, tag: string, clicked: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  if (document.visibilityState === 'visible' && document.hasFocus()) return
  const notification = new Notification(title, { body, tag })
  notification.onclick = () => {
    window.focus()
    notification.close()
    clicked()
  }
}
