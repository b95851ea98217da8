/*
 * Takes the README's pictures, docs/images/widget.png and docs/images/console.png, of the program as it is now:
 *
 *   npx tsx scripts/screenshots.mjs
 *
 * It starts a server of its own with made-up people on an ordinary Monday morning; look at the pictures before
 * committing them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { launchChromium } from '../test/support/chromium.ts'
import { hire, signIn } from '../test/support/e2eOperator.ts'
import { pngChunk } from '../test/support/e2ePicture.ts'
import { mondayMorning, startServer } from '../test/support/e2eServer.ts'
import { registerFromAfar } from '../test/support/e2eTicket.ts'
import { continueChat } from '../test/support/e2eVisitor.ts'
import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { root } from './project.mjs'

const folder = join(root, 'docs', 'images')
const mostBytes = 200_000

const saule = { name: 'Сәуле Ермекова', email: 'saule@example.kz', password: 'only for pictures' }

/** In the order of their coming; `minutesLater` is how long after the one before. */
const queue = [
  {
    minutesLater: 0,
    language: 'kk',
    name: 'Серікова Айна Маратқызы',
    description: 'Қол қойғанда «Сертификат табылмады» деген қате шығады',
  },
  {
    minutesLater: 5,
    language: 'ru',
    name: 'Ким Тимур Олегович',
    organisation: 'ТОО «Алатау Трейд»',
    description: 'Не приходит уведомление о новом документе',
  },
  {
    minutesLater: 4,
    language: 'ru',
    name: 'Оспанова Дана Ерлановна',
    description: 'Как отозвать документ, отправленный не тому партнёру?',
  },
  {
    minutesLater: 2,
    language: 'kk',
    name: 'Жұмабеков Нұрлан Асқарұлы',
    organisation: 'ЖШС «Сарыарқа Сервис»',
    description: 'Жаңа қызметкерге қол қою құқығын қалай беремін?',
  },
]
const opened = {
  language: 'kk',
  name: 'Ахметов Расул Болатұлы',
  organisation: 'ЖШС «Ромашка»',
  description: 'Шартқа қол қою батырмасы басылмайды',
}

ensureBuilt()
await ensureChromium()
mkdirSync(folder, { recursive: true })
const server = await startServer()
const browser = await launchChromium()
try {
  await hire(server.url, saule)
  let minutes = 0
  for (const { minutesLater, ...request } of queue) {
    minutes += minutesLater
    if (minutesLater > 0) {
      await server.kill()
      await server.startAgain({ minutesLater })
    }
    const visitor = await registerFromAfar(server.url, request)
    visitor.leave()
  }
  const now = new Date(Date.parse(mondayMorning) + minutes * 60_000)
  const person = await registerFromAfar(server.url, opened)

  const desk = await openAs(now, { viewport: { width: 1440, height: 900 } })
  const console_ = await signIn(desk.page, server.url, 'kk', saule)
  await console_.row(person.number).click()
  await console_.actions.getByRole('button', { name: console_.words('act.took') }).click()

  const phone = await openAs(now, {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  })
  const chat = await continueChat(phone, server.url, 'kk', person.token)
  await console_.answer(
    'Сәлеметсіз бе, Расул мырза! Қазір қараймын. Батырма сұр болып тұр ма, әлде мүлде көрінбей ме?',
  )
  await chat.write('Сұр болып тұр, басылмайды')
  await console_.history.getByText('Сұр болып тұр, басылмайды', { exact: true }).waitFor()
  await console_.answer(
    'Түсіндім. NCALayer қосулы екенін тексеріп, бетті жаңартыңызшы: батырма қосылуы керек.',
  )
  await chat.sees('Түсіндім.')
  await chat.log.locator('.ticket').evaluate((card) => {
    card.style.scrollMarginTop = '12px'
    card.scrollIntoView({ block: 'start' })
  })
  await save(phone.page, 'widget')

  await chat.write('Рақмет, қосылды!')
  await console_.history.getByText('Рақмет, қосылды!', { exact: true }).waitFor()
  await desk.page.getByRole('button', { name: console_.words('composer.note') }).click()
  const note = desk.page.getByRole('textbox', { name: console_.words('composer.note'), exact: true })
  await note.fill('NCALayer өшіп қалған екен. Мақалаға қосайық.')
  await note.press('Enter')
  await console_.history.getByText('NCALayer өшіп қалған екен').waitFor()
  await desk.page.getByRole('button', { name: console_.words('composer.reply'), exact: true }).click()
  await console_.actions.getByRole('button', { name: console_.words('about.toggle') }).hover()
  await desk.page.mouse.move(0, 0)
  await save(desk.page, 'console')
  person.leave()
} finally {
  await browser.close()
  await server.stop()
}

/** A browser whose clock goes with the server's. */
async function openAs(now, options) {
  const context = await browser.newContext({
    locale: 'kk-KZ',
    timezoneId: 'Asia/Almaty',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  })
  await context.clock.install({ time: now })
  return { context, page: await context.newPage() }
}

async function save(page, name) {
  await page.waitForLoadState('networkidle')
  const picture = smaller(await page.screenshot({ caret: 'hide' }))
  if (picture.length > mostBytes) throw new Error(`${name}.png has ${picture.length} bytes`)
  writeFileSync(join(folder, `${name}.png`), picture)
  console.log(`${name}.png  ${Math.round(picture.length / 1024)} KB`)
}

/**
 * The same picture in 256 colours: those seen most stay as they are, every other becomes the nearest of them. Text on
 * plain surfaces loses nothing that can be seen.
 */
function smaller(png) {
  const { width, height, channels, pixels } = decoded(png)
  const colourAt = (i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]
  const seen = new Map()
  for (let i = 0; i < pixels.length; i += channels) {
    const colour = colourAt(i)
    seen.set(colour, (seen.get(colour) ?? 0) + 1)
  }
  const palette = [...seen]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 256)
    .map(([colour]) => colour)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  const nearest = (colour) => {
    const known = places.get(colour)
    if (known !== undefined) return known
    const distance = (other) =>
      [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
    const place = palette.reduce(
      (best, other, i) => (distance(other) < distance(palette[best]) ? i : best),
      0,
    )
    places.set(colour, place)
    return place
  }
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = nearest(colourAt((y * width + x) * channels))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    pngChunk('IHDR', header),
    pngChunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    pngChunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** The pixels of a PNG with eight bits a channel that is not interlaced, as Chromium makes them. */
function decoded(png) {
  const data = []
  let header
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at))
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
  }
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3]
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : pixels[y * stride + x - channels]
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]
      const corner = x < channels || y === 0 ? 0 : pixels[(y - 1) * stride + x - channels]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      pixels[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess
    }
  }
  return { width, height, channels, pixels }
}

function paeth(left, up, corner) {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value))
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
