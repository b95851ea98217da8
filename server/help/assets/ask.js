// A link to the chat's own page opens the chat beside what is being read, once the chat's button is here.
document.addEventListener('click', (event) => {
  const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!plain || !window.Komekshi || !event.target.closest('[data-ask]')) return
  event.preventDefault()
  window.Komekshi.open()
})
