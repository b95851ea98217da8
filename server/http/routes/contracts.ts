import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Desk } from '../../../engine/desk.ts'
import { maxImportBytes } from '../../../engine/limits.ts'
import {
  changedContractSchema,
  contractInputSchema,
  contractQuerySchema,
  contractSearchSchema,
  importQuerySchema,
  versionSchema,
} from '../../../engine/wireContracts.ts'
import type { Refused } from '../../auth/outcome.ts'
import { createContracts } from '../../contracts/contracts.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { languageOf } from '../requestLanguage.ts'
import { logChanges, signedInOnly } from '../signedInOnly.ts'

const often = { rateLimit: { max: 120, timeWindow: 60_000 } }
const seldom = { rateLimit: { max: 20, timeWindow: 60_000 } }
const byId = z.object({ id: z.uuid() })
const byDesk = contractQuerySchema.pick({ desk: true })

/** What is found for an operator who looks for the contract of one conversation. */
const mostFound = 10

/**
 * Support contracts: supervisors and administrators keep those of their own desks; operators look one up for a
 * conversation, never the whole list.
 */
export async function contractRoutes(app: App, deps: AppDeps): Promise<void> {
  const { desks } = deps
  const contracts = createContracts(deps)
  const askerOf = signedInOnly(app, deps)

  type Asked = FastifyRequest & { readonly raw: FastifyRequest['raw'] }
  /** The desk with contracts that the asker works for, or undefined once that was refused. */
  function ownDesk(request: Asked, reply: FastifyReply, id: string): Desk | undefined {
    const desk = askerOf(request).desks.includes(id) ? desks.get(id) : undefined
    if (desk?.contracts) return desk
    refuse(request, reply, 404, desk ? { key: 'refusal.contract.none' } : { key: 'refusal.unknownDesk' })
    return undefined
  }
  const answer = (request: FastifyRequest, reply: FastifyReply, { status, refusal }: Refused) =>
    refuse(request, reply, status, refusal)

  app.get(
    '/search',
    { config: often, schema: { querystring: contractSearchSchema } },
    async (request, reply) => {
      const { desk: id, q } = request.query
      const desk = ownDesk(request, reply, id)
      if (!desk) return reply
      return (await contracts.page(desk, { state: 'all', q, offset: 0 }, mostFound)).contracts
    },
  )

  await app.register(async (scope) => {
    const kept: App = scope
    kept.addHook('onRequest', async (request, reply) => {
      if (askerOf(request).role === 'operator')
        return refuse(request, reply, 403, { key: 'refusal.forbidden' })
      return undefined
    })
    logChanges(kept, askerOf, 'contracts')
    kept.addContentTypeParser(
      ['text/csv', 'application/octet-stream'],
      { parseAs: 'buffer', bodyLimit: maxImportBytes },
      (_, body, done) => done(null, body),
    )
    /** The contract of a desk of the asker's, or undefined once that was refused. */
    async function ownContract(request: Asked, reply: FastifyReply, id: string) {
      const found = await contracts.find(id)
      if (found && askerOf(request).desks.includes(found.desk.id)) return found
      refuse(request, reply, 404, { key: 'refusal.contract.gone' })
      return undefined
    }

    kept.get('', { config: often, schema: { querystring: contractQuerySchema } }, async (request, reply) => {
      const desk = ownDesk(request, reply, request.query.desk)
      return desk ? contracts.page(desk, request.query) : reply
    })

    kept.post(
      '',
      { config: often, schema: { querystring: byDesk, body: contractInputSchema } },
      async (request, reply) => {
        const desk = ownDesk(request, reply, request.query.desk)
        if (!desk) return reply
        const outcome = await contracts.add(desk, request.body, askerOf(request).id)
        return outcome.ok ? reply.code(201).send(outcome.contract) : answer(request, reply, outcome)
      },
    )

    kept.put(
      '/:id',
      { config: often, schema: { params: byId, body: changedContractSchema } },
      async (request, reply) => {
        const found = await ownContract(request, reply, request.params.id)
        if (!found) return reply
        const { version, ...input } = request.body
        const outcome = await contracts.change(found.desk, found.row, input, version, askerOf(request).id)
        return outcome.ok ? outcome.contract : answer(request, reply, outcome)
      },
    )

    for (const act of ['end', 'reinstate'] as const)
      kept.post(
        `/:id/${act}`,
        { config: often, schema: { params: byId, body: versionSchema } },
        async (request, reply) => {
          const found = await ownContract(request, reply, request.params.id)
          if (!found) return reply
          const { id } = askerOf(request)
          const outcome = await contracts[act](found.desk, found.row, request.body.version, id)
          return outcome.ok ? outcome.contract : answer(request, reply, outcome)
        },
      )

    kept.get('/:id/changes', { config: often, schema: { params: byId } }, async (request, reply) => {
      const found = await ownContract(request, reply, request.params.id)
      return found ? contracts.history(found.row.id) : reply
    })

    kept.get(
      '.csv',
      { config: seldom, schema: { querystring: contractQuerySchema } },
      async (request, reply) => {
        const desk = ownDesk(request, reply, request.query.desk)
        if (!desk) return reply
        request.log.info({ operator: askerOf(request).id, desk: desk.id }, 'contracts exported')
        const csv = await contracts.csv(desk, request.query.state, languageOf(request))
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="contracts-${desk.id}.csv"`)
          .send(csv)
      },
    )

    /** A file of contracts: without `plan` it is only looked at, with the plan that was shown it is carried out. */
    kept.post(
      '/import',
      { config: seldom, bodyLimit: maxImportBytes, schema: { querystring: importQuerySchema } },
      async (request, reply) => {
        const desk = ownDesk(request, reply, request.query.desk)
        if (!desk) return reply
        const { body } = request
        if (!Buffer.isBuffer(body)) return refuse(request, reply, 400, { key: 'refusal.import.empty' })
        const { plan } = request.query
        if (plan === undefined) {
          const outcome = await contracts.preview(desk, body)
          return outcome.ok ? outcome.preview : answer(request, reply, outcome)
        }
        const outcome = await contracts.carryOut(desk, body, plan, askerOf(request).id)
        return outcome.ok ? outcome.done : answer(request, reply, outcome)
      },
    )
  })
}
