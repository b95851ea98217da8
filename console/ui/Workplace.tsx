import { AboutPane } from './AboutPane.tsx'
import { AttachContractDialog } from './AttachContractDialog.tsx'
import { ArticlePicker } from './articles/ArticlePicker.tsx'
import { useApp } from './context.ts'
import { DeclineDialog } from './DeclineDialog.tsx'
import { EndDialog } from './EndDialog.tsx'
import { HandRequestDialog } from './HandRequestDialog.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { MessageDialog } from './MessageDialog.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { PassOnDialog } from './PassOnDialog.tsx'
import { PostponeDialog } from './PostponeDialog.tsx'
import { QueuePane } from './QueuePane.tsx'
import { ResolveDialog } from './ResolveDialog.tsx'
import { ThreadPane } from './ThreadPane.tsx'
import { TransferDialog } from './TransferDialog.tsx'
import { useShortcuts } from './useShortcuts.ts'

/** The queue, the conversation, and who it is with. On a narrow screen one of them at a time. */
export function Workplace() {
  const app = useApp()
  useShortcuts(app)
  const route = app.router.route.value
  const pane = route.name !== 'conversation' ? 'queue' : route.about ? 'about' : 'thread'
  const thread = app.threads.thread.value
  const open = thread.status === 'open'
  const prepared = thread.status === 'open' ? thread.detail.prepared : undefined
  const aboutShown = open && app.preferences.aboutShown.value
  const dialog = app.dialog.value
  const row = app.openRow.value
  const close = () => {
    app.dialog.value = undefined
  }
  return (
    <div class="workplace" data-pane={pane} data-about={aboutShown}>
      <QueuePane />
      <ThreadPane />
      <AboutPane />
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {dialog === 'handRequest' && <HandRequestDialog onClose={close} />}
      {dialog === 'decline' && row && prepared && (
        <DeclineDialog row={row} prepared={prepared.declined} onClose={close} />
      )}
      {dialog === 'postpone' && row && prepared && (
        <PostponeDialog row={row} prepared={prepared.postponed} onClose={close} />
      )}
      {dialog === 'passOn' && row && <PassOnDialog row={row} onClose={close} />}
      {dialog === 'move' && row && <MoveDialog row={row} onClose={close} />}
      {dialog === 'warn' && row && prepared && (
        <MessageDialog name="warn" row={row} prepared={prepared.warned} onClose={close} />
      )}
      {dialog === 'end' && row && <EndDialog row={row} onClose={close} />}
      {dialog === 'contract' && row && thread.status === 'open' && (
        <AttachContractDialog row={row} contract={thread.detail.contract} onClose={close} />
      )}
      {dialog === 'transfer' && row && <TransferDialog row={row} onClose={close} />}
      {dialog === 'article' && row && <ArticlePicker row={row} onClose={close} />}
      {dialog === 'ask' && row && <MessageDialog name="ask" row={row} onClose={close} />}
      {dialog === 'askMissing' && row && prepared && (
        <MessageDialog name="ask" row={row} prepared={prepared.missing} onClose={close} />
      )}
      {dialog === 'offerSolution' && row && <MessageDialog name="offerSolution" row={row} onClose={close} />}
      {dialog === 'closeUnanswered' && row && prepared && (
        <MessageDialog name="closeUnanswered" row={row} prepared={prepared.unanswered} onClose={close} />
      )}
      {dialog === 'resolve' && row && <ResolveDialog row={row} onClose={close} />}
    </div>
  )
}
