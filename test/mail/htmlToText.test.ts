import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { htmlToText } from '../../mail/htmlToText.ts'

describe('an HTML letter as plain text', () => {
  it.each([
    [
      'lines and paragraphs',
      '<div>Бір</div><div>екі<br>үш</div><p>төрт</p><p>бес</p>',
      'Бір\nекі\nүш\n\nтөрт\n\nбес',
    ],
    ['spaces as they are shown', '<p>  a\n   <b> b</b>&nbsp;&nbsp;c </p>', 'a b c'],
    ['characters by name and number', '&lt;b&gt; &amp; &#1178;&#x49A; &laquo;x&raquo;', '<b> & ҚҚ «x»'],
    ['lists', '<ul><li>a</li><li>b</li></ul><ol><li>c<li>d</ol>', '• a\n• b\n1. c\n2. d'],
    ['tables', '<table><tr><th>ИИН<th>ФИО</tr><tr><td>1</td><td>2</td></tr></table>', 'ИИН ФИО\n1 2'],
    ['lines of code', '<pre>a\n  b</pre>', 'a\n  b'],
    [
      'empty lines of Outlook',
      '<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>',
      'a\n\nb',
    ],
    ['a signature’s sign', '<div>a</div><div>-- </div><div>b</div>', 'a\n-- \nb'],
  ])('%s', (_, html, text) => {
    // The empty paragraph of Outlook is a matter of taste; its words are not.
    expect(htmlToText(html).replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'))
  })

  it('a link says where it leads, unless it shows it', () => {
    expect(htmlToText('<a href="https://edoc.kz/a?b=1">тут</a>')).toBe('тут (https://edoc.kz/a?b=1)')
    expect(htmlToText('<a href="https://edoc.kz/">edoc.kz</a>')).toBe('edoc.kz')
    expect(htmlToText('<a href="javascript:alert(1)">тут</a> <a href="mailto:a@b.kz">a@b.kz</a>')).toBe(
      'тут a@b.kz',
    )
  })

  it('what is quoted is marked line by line; what is only indented is not', () => {
    expect(htmlToText('a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e')).toBe(
      'a\n>\n> b\n> c\n> >\n> > d\n\ne',
    )
    expect(htmlToText('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">b</blockquote>')).toBe(
      'b',
    )
  })

  it('what nobody sees is left out', () => {
    expect(
      htmlToText(
        '<head><title>x</title><style>p{}</style></head><script>alert(1)</script><!-- x --><div style="display:none">x</div><p hidden>x</p>a',
      ),
    ).toBe('a')
  })

  it('leaves off when it is long enough', () => {
    expect(htmlToText('<p>слово</p>'.repeat(100_000), 1_000).length).toBeLessThan(20_000)
  })
})

test.prop([
  fc.array(
    fc.constantFrom(
      '<p>',
      '</p>',
      '<blockquote>',
      '</blockquote>',
      '<br>',
      '<a href="http://x">',
      '</a>',
      '<div',
      '>',
      '</div>',
      '<pre>',
      '</pre>',
      '<li>',
      '<ol>',
      'сөз ',
      '\n',
      '&',
      '<!--',
      '<svg>',
      '</svg>',
    ),
  ),
])('whatever the tags, words and order: it does not throw, and begins and ends with words', (bits) => {
  const text = htmlToText(bits.join(''))
  expect(text).toBe(text.trim())
})
