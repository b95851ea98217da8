/** Asks the ear, not the eye: two soft notes. The context is made at the first sound, as browsers demand a gesture. */
export function createBeep(): () => void {
  let context: AudioContext | undefined
  return () => {
    if (typeof AudioContext === 'undefined') return
    context ??= new AudioContext()
    void context.resume()
    const start = context.currentTime
    for (const [offset, pitch] of [
      [0, 660],
      [0.13, 880],
    ] as const) {
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
