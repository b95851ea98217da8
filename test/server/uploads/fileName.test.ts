import { describe, expect, test } from 'vitest'
import { cleanFileName, extensionOf } from '../../../server/uploads/fileName.ts'

describe('a file name', () => {
  test.each([
    ['Қате скриншоты.png', 'Қате скриншоты.png'],
    ['../../etc/passwd.log', 'passwd.log'],
    ['C:\\Users\\Айгүл\\error.log', 'error.log'],
    ['/absolute/path.pdf', 'path.pdf'],
    ['..', 'file'],
    ['', 'file'],
    ['.png', 'png'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['a\u0000b\r\nc\u200b.png', 'abc.png'],
    ['  two   words .pdf ', 'two words .pdf'],
    ['й.png'.normalize('NFD'), 'й.png'.normalize('NFC')],
    ['half \ud83d.png', 'half \ufffd.png'],
  ])('%j becomes %j', (given, clean) => {
    expect(cleanFileName(given)).toBe(clean)
  })

  test('keeps its extension when it is cut', () => {
    const clean = cleanFileName(`${'ұ'.repeat(500)}.jpeg`)
    expect(clean).toBe(`${'ұ'.repeat(115)}.jpeg`)
  })
})

test.each([
  ['photo.JPG', 'jpg'],
  ['archive.tar.gz', 'gz'],
  ['page.html.png', 'png'],
  ['no extension', ''],
  ['фото.пнг', ''],
  ['photo.png.', ''],
])('the extension of %s is “%s”', (name, extension) => {
  expect(extensionOf(name)).toBe(extension)
})
