/*
 * Letters as mail programs write them, made up for the tests: the shapes are those of Outlook, Gmail, Mail.ru, Yandex,
 * iPhones; the people and the words are nobody's.
 */

type Charset = 'utf-8' | 'windows-1251' | 'koi8-r' | 'iso-8859-5'

/** Text in the bytes of a charset: the inverse of what TextDecoder reads. */
export function encoded(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  const table = new Map<string, number>()
  const decoder = new TextDecoder(charset)
  for (let byte = 0; byte < 256; byte++) table.set(decoder.decode(Uint8Array.of(byte)), byte)
  return Buffer.from(
    [...text].map((character) => {
      const byte = table.get(character)
      if (byte === undefined) throw new Error(`${charset} has no ${character}`)
      return byte
    }),
  )
}

/** An encoded word of a header (RFC 2047). */
export const word = (text: string, charset: Charset = 'utf-8') =>
  `=?${charset}?B?${encoded(text, charset).toString('base64')}?=`

export const base64 = (bytes: Uint8Array) =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')

export const quotedPrintable = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/\r?\n/g, '\n')
    .split('\n')
    .map((line) =>
      (
        line
          .replace(
            /[^\x20-\x3c\x3e-\x7e]/g,
            (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
          )
          .replace(/ $/, '=20')
          .match(/(?:=[0-9A-F]{2}|[^=]){1,60}/g) ?? ['']
      ).join('=\r\n'),
    )
    .join('\r\n')

/** A part with its head. */
export const part = (headers: readonly string[], body: string) => `${headers.join('\r\n')}\r\n\r\n${body}`

export const multipart = (kind: string, boundary: string, parts: readonly string[]) =>
  part(
    [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    `${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`,
  )

export const plain = (text: string, charset: Charset = 'utf-8') =>
  part(
    [`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64'],
    base64(encoded(text, charset)),
  )

export const html = (text: string, charset: Charset = 'utf-8') =>
  part(
    [`Content-Type: text/html; charset="${charset}"`, 'Content-Transfer-Encoding: quoted-printable'],
    quotedPrintable(encoded(text, charset)),
  )

/** A whole letter: its own head over the head of its body. */
export const letter = (headers: readonly string[], body: string, more: readonly string[] = []) =>
  Buffer.from(
    `${[...headers, ...more, 'MIME-Version: 1.0'].map((line) => `${line}\r\n`).join('')}${body}\r\n`,
  )

export const headOf = (
  id: string,
  {
    from = 'Aigul Sarsenova <aigul@firma.kz>',
    to = 'support@desk.kz',
    subject = word('Не открывается портал'),
  } = {},
) => [
  `From: ${from}`,
  `To: ${to}`,
  `Subject: ${subject}`,
  `Message-ID: <${id}>`,
  'Date: Fri, 6 Nov 2026 10:15:00 +0500',
]

/** A short letter of somebody's. */
export const shortLetter = (id: string, text = 'Портал не открывается', from = 'aigul@firma.kz') =>
  letter(headOf(id, { from }), plain(text))

const answering = ['In-Reply-To: <ours-1@desk.kz>', 'References: <first@firma.kz> <ours-1@desk.kz>']

export const outlook = () =>
  letter(
    headOf('outlook@firma.kz', {
      from: `${word('Сергей Ким', 'windows-1251')} <s.kim@firma.kz>`,
      subject: word('RE: [№ 1234] Ошибка при подписании', 'windows-1251'),
    }),
    html(
      `<html><head><style>p.MsoNormal {margin:0}</style><title>x</title></head><body lang=RU>
<div class=WordSection1><p class=MsoNormal>Добрый день!<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Ошибка осталась, <b>код&nbsp;500</b>.<br>Что делать дальше?<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b>От:</b> Поддержка &lt;support@desk.kz&gt; <br><b>Отправлено:</b> пятница, 6 ноября 2026 г. 10:02<br>
<b>Кому:</b> Сергей Ким<br><b>Тема:</b> [№ 1234] Ошибка при подписании<o:p></o:p></p></div></div>
<p class=MsoNormal>Перезапустите, пожалуйста, программу.</p></div></body></html>`,
      'windows-1251',
    ),
    answering,
  )

export const gmail = () =>
  letter(
    headOf('gmail@mail.gmail.com', { subject: word('Re: [№ 1234] Не открывается портал') }),
    multipart('alternative', 'gm1', [
      plain(
        'Спасибо, теперь открывается.\r\n\r\nпт, 6 нояб. 2026 г. в 10:02, Поддержка <support@desk.kz>:\r\n\r\n> Здравствуйте!\r\n> Очистите, пожалуйста, историю.\r\n',
      ),
      html(
        '<div dir="ltr">Спасибо, теперь открывается.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">пт, 6 нояб. 2026 г. в 10:02, Поддержка &lt;support@desk.kz&gt;:<br></div><blockquote class="gmail_quote" style="margin:0px">Здравствуйте!</blockquote></div>',
      ),
    ]),
    answering,
  )

export const mailRu = () =>
  letter(
    headOf('mailru@mail.ru', { subject: word('Re: Не открывается портал') }),
    html(
      '<HTML><BODY><div>Не помогло, ошибка та же.</div><div>&nbsp;</div><div data-signature-widget="container">--<br>С уважением,<br>Ержан</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Пятница, 6 ноября 2026, 10:02 +05:00 от Поддержка &lt;support@desk.kz&gt;:<br>&nbsp;<div>Обновите страницу.</div></blockquote></BODY></HTML>',
    ),
    answering,
  )

export const yandex = () =>
  letter(
    headOf('yandex@yandex.kz', { subject: word('Re: Не открывается портал') }),
    html(
      '<div>А когда исправят?</div><div> </div><div>06.11.2026, 10:02, "Поддержка" &lt;support@desk.kz&gt;:</div><blockquote><p>Передали разработчикам.</p></blockquote><div> </div><div>Отправлено из мобильного приложения Яндекс Почты</div>',
    ),
    answering,
  )

export const iPhone = () =>
  letter(
    headOf('iphone@icloud.com', { subject: word('Re: Портал ашылмайды') }),
    plain(
      'Рақмет, бәрі дұрыс.\n\niPhone-дан жіберілді\n\n> 2026 ж. 6 қар., сағат 10:02, Қолдау қызметі <support@desk.kz> жазды:\n> \n> ﻿Бетті жаңартып көріңіз.\n',
    ),
    answering,
  )

export const koi8 = () =>
  letter(
    headOf('koi8@firma.kz', { subject: word('Прошу доступ', 'koi8-r') }),
    plain('Прошу открыть доступ к журналу входящих.', 'koi8-r'),
  )

export const iso = () =>
  letter(
    headOf('iso@firma.kz', { subject: word('Прошу доступ', 'iso-8859-5') }),
    plain('Прошу открыть доступ.', 'iso-8859-5'),
  )

export const kazakh = () =>
  letter(
    headOf('kazakh@firma.kz', {
      from: `${word('Әсем Қуанышқызы')} <asem@firma.kz>`,
      subject: `${word('Құжатқа қол қойылмай')}\r\n ${word(' тұр: өтініш')}`,
    }),
    plain('Сәлеметсіз бе!\nЭЦҚ-мен қол қою кезінде қате шығады: «Үзіліс». Көмектесіңізші.'),
  )

export const png = (bytes: number) => {
  const picture = Buffer.alloc(bytes)
  Buffer.from('89504e470d0a1a0a', 'hex').copy(picture)
  return picture
}

/** Words, a small logo of a signature, a pasted screenshot, and two files with Cyrillic names. */
export const withFiles = (bytes: Uint8Array = Buffer.from('%PDF-1.7 ...')) =>
  letter(
    headOf('files@firma.kz'),
    multipart('mixed', 'mix', [
      multipart('related', 'rel', [
        multipart('alternative', 'alt', [
          plain('Смотрите снимок и акт.'),
          html('<p>Смотрите снимок и акт.<img src="cid:logo"><img src="cid:shot"></p>'),
        ]),
        part(
          [
            'Content-Type: image/png; name="image001.png"',
            'Content-ID: <logo>',
            'Content-Disposition: inline; filename="image001.png"',
            'Content-Transfer-Encoding: base64',
          ],
          base64(png(1_200)),
        ),
        part(
          [
            'Content-Type: image/png; name="image002.png"',
            'Content-ID: <shot>',
            'Content-Disposition: inline; filename="image002.png"',
            'Content-Transfer-Encoding: base64',
          ],
          base64(png(40_000)),
        ),
      ]),
      part(
        [
          'Content-Type: application/pdf',
          'Content-Transfer-Encoding: base64',
          "Content-Disposition: attachment; filename*0*=UTF-8''%D0%90%D0%BA%D1%82%20%D1%81%D0%B2;",
          ' filename*1*=%D0%B5%D1%80%D0%BA%D0%B8%20%E2%84%96%205.pdf',
        ],
        base64(bytes),
      ),
      part(
        [
          `Content-Type: text/plain; name="${word('Қате журналы.txt')}"`,
          `Content-Disposition: attachment; filename="${word('Қате журналы.txt')}"`,
          'Content-Transfer-Encoding: base64',
        ],
        base64(Buffer.from('қате 500')),
      ),
    ]),
  )

/** A delivery status notification of a letter of ours. */
export const deliveryStatus = (action: 'failed' | 'delayed' = 'failed') =>
  letter(
    [
      'Return-Path: <>',
      'From: Mail Delivery System <MAILER-DAEMON@mx.firma.kz>',
      'To: support@desk.kz',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <dsn@mx.firma.kz>',
      'Auto-Submitted: auto-replied',
    ],
    multipart('report; report-type=delivery-status', 'dsn', [
      plain('I am sorry to have to inform you that your message could not be delivered.'),
      part(
        ['Content-Type: message/delivery-status'],
        `Reporting-MTA: dns; mx.firma.kz\r\n\r\nFinal-Recipient: rfc822; Aigul@Firma.kz\r\nOriginal-Recipient: rfc822;aigul@firma.kz\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n`,
      ),
      part(
        ['Content-Type: message/rfc822'],
        part(
          [
            'From: support@desk.kz',
            'To: aigul@firma.kz',
            'Subject: Your request',
            'Message-ID: <ours-7@desk.kz>',
          ],
          'text',
        ),
      ),
    ]),
  )

export const outOfOffice = () =>
  letter(
    headOf('ooo@firma.kz', { subject: word('Автоматический ответ: Не открывается портал') }),
    plain('Я в отпуске до 20 ноября.'),
    ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', ...answering],
  )
