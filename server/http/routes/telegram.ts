import { webhookPath } from '../../env.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'

const bodyLimit = 1024 * 1024

/** Where Telegram brings updates when it was told to; a failure makes it bring them again. */
export function telegramRoutes(app: App, { telegramWebhook }: AppDeps): void {
  if (!telegramWebhook) return
  app.post(webhookPath, { bodyLimit }, async (request, reply) => {
    const secret = request.headers['x-telegram-bot-api-secret-token']
    const taken = await telegramWebhook.handle(typeof secret === 'string' ? secret : undefined, request.body)
    return taken ? reply.send({}) : refuse(request, reply, 401, { key: 'refusal.forbidden' })
  })
}
