import '../../design/tokens.css'
import './demo.css'

const page = document.documentElement
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language
const language = asked.startsWith('ru') ? 'ru' : 'kk'
const titles = { kk: 'E-DOC — электрондық құжат айналымы', ru: 'E-DOC — электронный документооборот' }

page.lang = language
document.title = titles[language]
page.dataset['theme'] = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
document.querySelector(`[data-tongue=${language}]`)?.setAttribute('aria-current', 'true')
document.getElementById('tag')!.textContent =
  `<script async src="${location.origin}/widget.js" data-desk="edoc" data-lang="${language}"></script>`
document.getElementById('ask')!.addEventListener('click', () => window.Komekshi?.open())
