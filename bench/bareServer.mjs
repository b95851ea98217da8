// The bare minimum that the message bench measures against: one insert and one emit a message, nothing else.
import { createServer } from 'node:http'
import postgres from 'postgres'
import { Server } from 'socket.io'

const { database, port } = JSON.parse(process.argv[2])
const sql = postgres({ ...database, max: 12 })
await sql`create table messages (id bigint generated always as identity primary key, conversation int, body text)`
const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
io.on('connection', (socket) => {
  if (socket.handshake.auth.operator) socket.join('operators')
  socket.on('act', async ({ conversation, id, text }, ack) => {
    const [row] =
      await sql`insert into messages (conversation, body) values (${conversation}, ${text}) returning id`
    io.to('operators').emit('messages', conversation, [
      { seq: row.id, eventId: id, content: { kind: 'text', text } },
    ])
    ack({ ok: true, seq: row.id })
  })
})
http.listen(port, '127.0.0.1', () => process.send?.('ready'))
