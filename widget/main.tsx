import { render } from 'preact'
import '../design/tokens.css'
import './style/chat.css'
import { ChatProvider, chatOver } from './chat.ts'
import { App } from './components/App.tsx'
import { focusChat } from './components/focus.ts'
import { connect } from './connection.ts'
import { settleForm } from './form.ts'
import { listenToPage } from './frame.ts'
import { pageOf } from './page.ts'
import { startTheme } from './theme.ts'
import { speak } from './words.ts'

const page = pageOf(location, navigator.language)
startTheme()
listenToPage(page.portal, focusChat)
const chat = chatOver(
  connect(page, ({ action }, answer) => {
    if (action.type === 'filled') settleForm(answer)
  }),
)
void speak(page.language).then(() => {
  render(
    <ChatProvider value={chat}>
      <App />
    </ChatProvider>,
    document.getElementById('chat')!,
  )
  focusChat()
})
