import { join } from 'node:path'
import { pino } from 'pino'
import { type Bot, startBot } from '../bot/start.ts'
import { isWebhookSecret } from '../bot/webhookSecret.ts'
import { connect } from '../db/client.ts'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { ticketWork, workChannel } from '../db/queries/commitChanges.ts'
import { deskOf, reachOf } from '../db/queries/conversations.ts'
import { presenceChannel } from '../db/queries/presence.ts'
import { DeskDataError, loadDesks, readHolidays } from '../desks/loadDesks.ts'
import { timeZoneDataIsCurrent } from '../engine/calendar.ts'
import { compose } from '../mail/compose.ts'
import { receive } from '../mail/receive.ts'
import { followArticles } from './articles/followArticles.ts'
import { seedArticles } from './articles/seedArticles.ts'
import { startAssigning } from './assignment.ts'
import { createAuth } from './auth/auth.ts'
import { followCalendars } from './calendars/followCalendars.ts'
import { followHolidays } from './calendars/followHolidays.ts'
import { keepBases } from './calendars/keepBases.ts'
import { startReplanning } from './calendars/replanning.ts'
import { type Claimed, startClaimed } from './claimed.ts'
import { createContractLookup } from './contracts/lookup.ts'
import { contractsOfTickets } from './contracts/wireContract.ts'
import { type Committed, createAccept } from './conversations/accept.ts'
import { createHandRequests } from './conversations/handRequests.ts'
import { countCommitted } from './count.ts'
import { startDelivery } from './delivery.ts'
import { type Env, readEnv } from './env.ts'
import { startGauges } from './gauges.ts'
import { deskAddress } from './help/addresses.ts'
import { createApp } from './http/app.ts'
import { createLiveDesks } from './liveDesks.ts'
import { receiveLetters } from './mail/receiveLetters.ts'
import { createMetrics } from './metrics.ts'
import { startEscalation } from './notices/escalate.ts'
import { createEscalationSettings } from './notices/escalationSettings.ts'
import { createPresence } from './presence.ts'
import { projectRoot } from './projectRoot.ts'
import { serveConsole } from './sockets/consoleSocket.ts'
import { openSockets } from './sockets/openSockets.ts'
import { createPublish } from './sockets/publish.ts'
import { followTeam, teamNews, tellTeam } from './sockets/team.ts'
import { conversationOfToken, serveVisitors } from './sockets/visitorSocket.ts'
import { StartError, startFailure } from './startFailure.ts'
import { createStops } from './stops.ts'
import { telegramChannel } from './telegramChannel.ts'
import { startTimers } from './timers.ts'
import { openUploads } from './uploads/uploads.ts'

export type Running = {
  /** Where the server listens. */
  readonly url: string
  /** The one-time link that makes the first administrator, while there is none. */
  readonly administratorLink: string | undefined
  /** Takes no more, finishes what was begun, and ends. */
  stop(): Promise<void>
}

/** One process of several receives Telegram's updates; all of them deliver. Any number no other lock of ours has. */
const pollingClaim = 7_305_003

/**
 * Starts everything: the database (embedded without DATABASE_URL), migrations, desks, channels, deadlines, HTTP.
 * Throws StartError, or the error of the part that could not start; what had started is stopped again.
 */
export async function start(
  env: Env,
  options: { readonly clock?: () => Date; readonly visitorActsPerSecond?: number } = {},
): Promise<Running> {
  const clock = options.clock ?? (() => new Date())
  const root = projectRoot()
  const log = pino({
    level: env.logLevel,
    base: null,
    redact: ['req.headers.cookie', 'req.headers.authorization', '*.token', '*.password'],
  })
  if (!timeZoneDataIsCurrent())
    throw new StartError(
      "This Node's time zone data is older than Kazakhstan's change of March 2024: update Node.",
    )
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what)
  const stops = createStops(failed('A part did not stop in good order'))

  try {
    // the database starts while the desks are read
    const starting = env.databaseUrl
      ? undefined
      : startEmbeddedPostgres({ dataDir: env.dataDir, log: (line) => log.warn(line) })
    starting?.catch(() => undefined)
    stops.push(async () => (await starting?.catch(() => undefined))?.stop())
    const live = createLiveDesks(loadDesks(env.desksDir, clock().getUTCFullYear()))
    const { desks } = live
    const embedded = await starting
    const connection = env.databaseUrl ?? embedded?.options
    if (!connection) throw new Error('there is no database to connect to')
    await migrate(connection, join(root, 'db/migrations'))
    const database = connect(connection)
    stops.push(() => database.close())
    const { sql } = database

    await seedArticles(sql, desks, clock().toISOString())
    const articles = await followArticles({ sql, live, failed: failed('Articles were not put in force') })
    stops.push(() => articles.stop())
    await keepBases(sql, desks.values(), readHolidays(env.desksDir), clock().toISOString())
    let calendarChanged = () => {}
    const calendars = await followCalendars({
      sql,
      live,
      clock,
      changed: () => calendarChanged(),
      failed: failed('A calendar was not put in force'),
    })
    stops.push(() => calendars.stop())

    const metrics = createMetrics()
    const auth = createAuth({ database, clock, publicUrl: env.publicUrl, desks: [...desks.keys()] })
    const uploads = await openUploads({ database, dataDir: env.dataDir, clock })

    let tellOperators = () => {}
    let visitorsMoved: (conversationIds: readonly string[]) => void = () => {}
    const presence = await createPresence({
      sql,
      clock,
      operatorsChanged: () => tellOperators(),
      visitorsChanged: (ids) => visitorsMoved(ids),
      failed: failed('Who is here was not written down'),
    })
    stops.push(() => presence.stop())
    const heard: ((changes: readonly Committed[]) => void)[] = []
    const conversations = createAccept({
      sql,
      desks,
      writesLetters: env.smtpUrl !== undefined,
      contracts: createContractLookup(sql),
      committed: (changes) => {
        for (const listener of heard) listener(changes)
      },
      failed: (conversationId, error) => log.error({ err: error, conversationId }, 'An event was not taken'),
    })
    stops.push(() => conversations.drain())
    const { accept } = conversations
    heard.push((changes) => countCommitted(metrics, changes))

    let bot: Claimed<Bot> | undefined
    let deliverNow = () => {}
    const noticeChannels = { email: env.smtpUrl !== undefined, telegram: env.telegram !== undefined }
    const escalation = createEscalationSettings({
      sql,
      desks,
      clock,
      channels: noticeChannels,
      botName: async () => bot?.current()?.username(),
      leaveChat: async (chat) => bot?.current()?.leave(Number(chat)),
      queued: () => deliverNow(),
    })
    const app = await createApp({
      database,
      desks,
      env,
      log,
      clock,
      metrics,
      auth,
      uploads,
      articles,
      escalation,
      calendars,
      handRequests: createHandRequests({
        sql,
        desks,
        accept,
        uploads,
        clock,
        sendsMail: noticeChannels.email,
      }),
      distDir: join(root, 'dist'),
      presenceOf: presence.of,
      visitorConversation: (token) => conversationOfToken(sql, desks, token),
      conversationDesk: (conversationId) => deskOf(sql, conversationId),
      ...(env.telegram?.webhookUrl && {
        telegramWebhook: {
          async handle(secret: string | undefined, update: unknown) {
            if (!isWebhookSecret(secret, env.telegram?.webhookSecret ?? '')) return false
            await bot?.current()?.handleUpdate(update as Parameters<Bot['handleUpdate']>[0])
            return true
          },
        },
      }),
    })
    stops.push(() => app.close())

    const sockets = await openSockets({
      server: app.server,
      redisUrl: env.redisUrl,
      failed: failed('Redis is not answering'),
    })
    stops.push(() => sockets.close())
    const { visitors, consoles } = sockets
    const contractOf = contractsOfTickets(sql, clock)
    const publish = createPublish({
      sql,
      desks,
      visitors,
      consoles,
      here: presence.here,
      several: env.redisUrl !== undefined,
      contractOf,
      failed: failed('A change was not published'),
    })
    stops.push(() => publish.stop())
    heard.push((changes) => publish.committed(changes))

    serveVisitors(visitors, {
      sql,
      desks,
      accept,
      clock,
      visitors: presence.visitors,
      fileOf: uploads.ofConversation,
      marksMoved: publish.marks,
      typing: publish.visitorTyping,
      actsPerSecond: options.visitorActsPerSecond ?? 8,
      failed: failed("A visitor's request failed"),
    })

    visitorsMoved = (ids) => {
      for (const id of ids) publish.rowChanged(id)
    }

    tellOperators = () => void tellTeam(consoles, auth, presence.of).catch(failed('Operators were not told'))
    serveConsole(consoles, {
      sql,
      desks,
      accept,
      clock,
      presence,
      signIn: (cookie) => auth.sessionOfCookie(cookie),
      origin: new URL(env.publicUrl).origin,
      allOperators: auth.operators,
      fileOf: uploads.ofConversation,
      contractOf,
      marksMoved: publish.marks,
      rowChanged: publish.rowChanged,
      typing: (conversationId) => {
        publish.operatorTyping(conversationId)
        const typing = bot?.current()?.typing
        if (!typing) return
        reachOf(sql, conversationId)
          .then((reach) =>
            reach?.channel === 'telegram' && reach.address ? typing(Number(reach.address)) : undefined,
          )
          .catch(failed('Typing was not shown'))
      },
      maxFileBytes:
        Math.max(...[...desks.values()].map((desk) => desk.attachments.maxMegabytes)) * 1024 * 1024,
      sendsMail: noticeChannels.email,
      failed: failed("An operator's request failed"),
    })
    followTeam(consoles, { sql, auth, failed: failed('Operators were not told') })

    const timers = startTimers({
      sql,
      accept,
      clock,
      raised: (seconds) => metrics.deadlineLateness.observe(seconds),
      failed: failed('A deadline was not raised'),
    })
    stops.push(() => timers.stop())

    const replanning = startReplanning({
      sql,
      desks,
      accept,
      clock,
      failed: failed('Deadlines were not planned anew'),
    })
    stops.push(() => replanning.stop())
    calendarChanged = replanning.wake
    stops.push(
      followHolidays({
        sql,
        desksDir: env.desksDir,
        desks,
        clock,
        failed: (error) =>
          error instanceof DeskDataError
            ? log.error(`The holidays were not put in force: ${error.message}`)
            : failed('The holidays were not put in force')(error),
      }),
    )

    const telegramDesk = env.telegram && desks.get(env.telegram.desk)
    if (env.telegram && !telegramDesk)
      throw new StartError(
        `TELEGRAM_DESK names the desk ${env.telegram.desk}, which is not in ${env.desksDir}.`,
      )
    const telegram =
      telegramDesk &&
      telegramChannel({
        sql,
        accept,
        desk: () => desks.get(telegramDesk.id) ?? telegramDesk,
        desks,
        uploads,
        clock,
        notices: escalation.chats,
      })
    if (env.telegram && telegram && telegramDesk) {
      const { token, apiRoot, webhookUrl, webhookSecret } = env.telegram
      bot = startClaimed({
        shared: embedded !== undefined || webhookUrl !== undefined ? undefined : connection,
        key: pollingClaim,
        start: (receives) =>
          startBot({
            token,
            apiRoot,
            log,
            desk: telegramDesk,
            ports: telegram.ports,
            helpPages: helpPagesOf(env.publicUrl, telegramDesk.id),
            receives,
            ...(webhookUrl && webhookSecret && { webhook: { url: webhookUrl, secret: webhookSecret } }),
          }),
        failed: failed('It was not settled which process receives from Telegram'),
      })
      stops.push(() => bot?.stop())
    }

    // after the bot: what waits since an earlier run is delivered at once
    const outbox = startDelivery({
      sql,
      env,
      desks,
      clock,
      accept,
      metrics,
      compose: (facts) =>
        compose(facts, async (id) => {
          const opened = await uploads.open(id)
          return opened && { ...opened.file, bytes: opened.bytes }
        }),
      chats: escalation.chats,
      telegram,
      bot: () => bot?.current(),
      lost: (notice) => log.warn(notice, 'A notice was not taken'),
      failed: failed('A message was not delivered'),
    })
    stops.push(() => outbox.stop())
    deliverNow = () => outbox.wake()
    if (env.imapUrl !== undefined) {
      const letters = receiveLetters({
        sql,
        env: { ...env, imapUrl: env.imapUrl },
        shared: embedded ? undefined : connection,
        accept,
        desks,
        uploads,
        receive,
        clock,
        log,
        failed: failed('Letters were not read'),
      })
      stops.push(() => letters.stop())
    }
    const escalating = startEscalation({
      sql,
      clock,
      channels: noticeChannels,
      queued: deliverNow,
      failed: failed('Supervisors were not told'),
    })
    stops.push(() => escalating.stop())
    heard.push((changes) => {
      if (changes.some(({ alerts }) => alerts.length > 0)) escalating.wake()
      if (changes.some(({ effects }) => effects.some(({ type }) => type === 'setTimer'))) timers.wake()
      if (changes.some(({ after, letters }) => after.address !== null || letters > 0)) outbox.wake()
    })
    const assigning = startAssigning({
      sql,
      desks,
      accept,
      clock,
      presence,
      operators: auth.operators,
      failed: failed('Conversations were not given out'),
    })
    stops.push(() => assigning.stop())
    heard.push((changes) => assigning.heard(changes))
    const hearing = await sql.listen(presenceChannel, (news) => {
      presence.heard()
      if (news === teamNews) assigning.teamChanged()
      else assigning.wake()
    })
    stops.push(() => hearing.unlisten())
    const listening = await sql.listen(workChannel, (news) => {
      timers.wake()
      outbox.wake()
      escalating.wake()
      if (news === ticketWork) assigning.wake()
    })
    stops.push(() => listening.unlisten())

    stops.push(startGauges({ sql, metrics, sockets, failed: failed('The gauges were not read') }))

    const first = await auth.ensureFirstAdministrator({
      email: env.administrator?.email,
      password: env.administrator?.password,
      publicUrl: env.publicUrl,
      now: clock(),
    })
    const url = await app.listen({ port: env.port, host: env.host })
    return { url, administratorLink: first.outcome === 'link' ? first.link : undefined, stop: stops.all }
  } catch (error) {
    await stops.all()
    throw error
  }
}

/** Where a desk's articles are read as pages, in each language. */
const helpPagesOf = (publicUrl: string, desk: string) => ({
  kk: publicUrl + deskAddress(desk)('kk'),
  ru: publicUrl + deskAddress(desk)('ru'),
})

const drainMilliseconds = 4_500

/** Runs the server as a program: says where it is, and ends in good order on Ctrl-C and SIGTERM. */
export async function main(): Promise<void> {
  const out = (line: string) => process.stdout.write(`${line}\n`)
  let env: Env | undefined
  try {
    env = readEnv()
    const server = await start(env)
    out(`Demo page  ${env.publicUrl}/`)
    out(`Console    ${env.publicUrl}/console`)
    if (server.administratorLink) out(`First administrator (one-time link)  ${server.administratorLink}`)
    let ending = false
    const end = () => {
      if (ending) return
      ending = true
      out('Stopping…')
      setTimeout(() => process.exit(1), drainMilliseconds).unref()
      server.stop().then(() => process.exit(0))
    }
    process.on('SIGINT', end)
    process.on('SIGTERM', end)
  } catch (error) {
    const why = startFailure(error, env)
    process.stderr.write(why ? `${why}\n` : `${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
}
