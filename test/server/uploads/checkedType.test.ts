import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkedType } from '../../../server/uploads/checkedType.ts'
import { testFolder } from '../http/testApp.ts'
import * as samples from './samples.ts'

const folder = testFolder()
afterAll(() => folder.remove())

function typeOf(bytes: Buffer, extension: string): Promise<string | undefined> {
  const path = join(folder.path, 'file')
  writeFileSync(path, bytes)
  return checkedType(path, extension)
}

describe('a file that is what its name says has the type', () => {
  test.each([
    ['png', samples.png, 'image/png'],
    ['jpg', samples.jpeg, 'image/jpeg'],
    ['jpeg', samples.jpeg, 'image/jpeg'],
    ['pdf', samples.pdf, 'application/pdf'],
    ['zip', samples.zip, 'application/zip'],
    ['zip', samples.docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['docx', samples.docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['doc', samples.doc, 'application/msword'],
    ['rar', samples.rar, 'application/x-rar-compressed'],
    ['tar', samples.tar, 'application/x-tar'],
    ['tgz', samples.tgz, 'application/gzip'],
    ['gz', samples.gz, 'application/gzip'],
    ['log', samples.log, 'text/plain'],
    ['log', samples.oldLog, 'text/plain'],
    ['log', Buffer.from('BM is how a bitmap begins, and PK an archive'), 'text/plain'],
  ])('%s', async (extension, bytes, type) => {
    expect(await typeOf(bytes, extension)).toBe(type)
  })
})

describe('refused is', () => {
  test.each([
    ['a page that calls itself a picture', 'png', samples.html],
    ['a drawing that calls itself a picture', 'png', samples.svg],
    ['a drawing under its own name', 'svg', samples.svg],
    ['a page under its own name', 'html', samples.html],
    ['a page that calls itself a log', 'log', samples.html],
    ['a page after a byte order mark', 'log', Buffer.from('\ufeff \n<HTML><body>')],
    ['a drawing after a comment', 'log', Buffer.from('<!-- log --><svg onload="alert(1)"/>')],
    ['a program that calls itself a document', 'doc', samples.program],
    ['a program that calls itself a log', 'log', samples.program],
    ['an archive that calls itself a document', 'docx', samples.zip],
    ['a picture of another kind', 'jpg', samples.png],
    ['text that calls itself a document', 'pdf', samples.log],
    ['bytes that are no text', 'log', Buffer.from([0x61, 0x00, 0x62])],
    ['half of a letter', 'log', Buffer.from([0xd2, 0x98, 0xd2])],
    ['a picture with a page in it', 'png', samples.pngOf('<script>alert(1)</script>')],
    ['a picture with a document after it', 'png', Buffer.concat([samples.png, samples.pdf])],
    ['a picture with an archive after it', 'jpg', Buffer.concat([samples.jpeg, samples.zip])],
    ['an archive with a picture before it', 'zip', Buffer.concat([samples.jpeg, samples.zip])],
  ])('%s', async (_, extension, bytes) => {
    expect(await typeOf(bytes, extension)).toBeUndefined()
  })

  test('a page hidden where two pieces of a large picture meet', async () => {
    const padding = 'a'.repeat(64 * 1024 - 41 - 8 - 4)
    const picture = samples.pngOf(`${padding}<script>`)
    expect(picture.indexOf('<script>')).toBeLessThan(64 * 1024)
    expect(picture.indexOf('<script>') + 8).toBeGreaterThan(64 * 1024)
    expect(await typeOf(picture, 'png')).toBeUndefined()
  })
})

test('an archive that would unpack to a hundred times its size is looked at without unpacking it', async () => {
  const bomb = samples.zipOf({ '[Content_Types].xml': Buffer.alloc(40 * 1024 * 1024) })
  const before = process.memoryUsage().rss
  expect(await typeOf(bomb, 'docx')).toBeUndefined()
  expect(process.memoryUsage().rss - before).toBeLessThan(30 * 1024 * 1024)
})
