import { afterEach, describe, expect, it } from 'vitest'
import { edoc } from '../support/edoc.ts'
import type { FakeUser } from '../support/fakeBotApi.people.ts'
import { type Bench, startBench } from './bench.ts'
import { type EngineChat, engineChat } from './engineChat.ts'

const monday = '2026-03-02T05:00:00.000Z'
const png = Buffer.from('89504e470d0a1a0a', 'hex')
const operator = { id: '6d1e3f0a-0000-4000-8000-000000000001', name: 'Дана' }

let bench: Bench
let chat: EngineChat
let user: FakeUser

async function begin(language: 'kk' | 'ru') {
  chat = engineChat(edoc, 501, monday)
  bench = await startBench({ ports: chat.ports })
  chat.deliverBy(bench.bot)
  user = bench.telegram.user(501, { language_code: language })
}
afterEach(() => bench.stop())

describe('a request from the first word to the rating, led by the engine', () => {
  it('in Kazakh: the phone is shared by its button, a screenshot is added', async () => {
    await begin('kk')
    user.sends('/start')
    await user.sees('Сәлеметсіз бе! Мен E-DOC порталының көмекшісімін.')
    user.presses('Маманды шақыру')
    await user.sees('келісіміңіз керек')
    user.presses('Келісемін')
    expect((await user.sees('ЖСН-іңізді жазыңыз')).buttons).toEqual([['Артқа']])
    user.sends('880101300123')
    await user.sees('Тегіңіз бен атыңызды')
    user.sends('Ахметов Расул Болатұлы')
    expect((await user.sees('Ұйым атынан')).buttons).toEqual([['Өз атымнан', 'Артқа']])
    user.presses('Өз атымнан')
    await user.sees('Сізбен қалай хабарласамыз?')
    await user.sees('Жауапты жазуға немесе төмендегі батырмамен')
    user.presses('Нөмірімді жіберу')
    const type = await user.sees('Бұл қандай өтініш?')
    expect(type.buttons.flat()).toContain('Қате немесе ақау')
    expect(user.keyboard()).toEqual([])
    user.presses('Қате немесе ақау')
    await user.sees('Не болғанын жазыңыз.')
    user.sends('Құжат жөнелтілмейді, қате шығады')
    await user.sees('қандай қадамдар')
    user.presses('Өткізіп жіберу')
    await user.sees('экран суретін')
    user.sendsPhoto(png)
    await user.sees('Файл қосылды.')
    user.presses('Дайын')
    const summary = await user.sees('Өтінішті тексеріп шығыңызшы.')
    expect(summary.text).toContain('Не болды: Құжат жөнелтілмейді, қате шығады')
    expect(summary.text).toContain('Телефон немесе электрондық пошта: +77011234567')
    expect(summary.buttons[0]).toEqual(['Өтінішті жіберу', 'Артқа'])
    user.presses('Өтінішті жіберу')
    const ticket = await user.sees('№ 1042 өтініш қабылданды')
    expect(ticket.entities).toMatchObject([{ type: 'code', offset: 2, length: 4 }])
    await chat.act({ type: 'operator.took', id: 'o1', operator })
    await chat.act({ type: 'operator.replied', id: 'o2', operator, text: 'Қайта көріп көріңізші <b>' })
    await user.sees('Дана: Қайта көріп көріңізші <b>')
    await chat.act({ type: 'operator.resolved', id: 'o3', operator })
    expect((await user.sees('бағалап жіберіңізші')).buttons[0]).toHaveLength(5)
    user.presses('5 ★')
    await user.sees('Бағаңызға рақмет!')
    expect(chat.state()).toMatchObject({
      stage: 'resolved',
      ticket: { rating: 5, values: { iin: '880101300123', contact: '+77011234567', type: 'defect' } },
    })
    expect(chat.ports.stored).toMatchObject([{ bytes: png }])
  })

  it('in Russian: an article first, then refusing to say who one is, and a line changed before sending', async () => {
    await begin('ru')
    user.sends('/start')
    await user.sees('Здравствуйте! Я помощник портала E-DOC.')
    user.sends('Забыт пароль от ключа ЭЦП — что делать?')
    const article = await user.sees('Помог ли ответ?')
    expect(article.text).toMatch(
      /^Вот что поможет:\n\nЗабыт пароль от ключа ЭЦП — что делать\?\n\n[\s\S]+Помог ли ответ\?$/,
    )
    user.presses('Нет, нужен специалист')
    await user.sees('согласие на использование')
    user.presses('Не хочу называть')
    await user.sees('Какое это обращение?')
    user.presses('Нужна консультация')
    await user.sees('Опишите, что случилось.')
    user.presses('Оставить так')
    await user.sees('Что вы делали по шагам')
    user.presses('Пропустить')
    await user.sees('Приложите снимок экрана')
    user.presses('Без файлов')
    expect((await user.sees('Проверьте, пожалуйста, обращение.')).text).toContain(
      'Что случилось: Забыт пароль от ключа ЭЦП — что делать?',
    )
    user.presses('Что случилось')
    expect((await user.sees('Исправьте, пожалуйста.')).text).toContain(
      'Сейчас указано: Забыт пароль от ключа ЭЦП — что делать?',
    )
    user.sends('Не приходит письмо для смены пароля')
    await user.sees('Что случилось: Не приходит письмо для смены пароля')
    user.presses('Отправить обращение')
    await user.sees('Обращение № 1042 принято.')
    expect(chat.state()).toMatchObject({ stage: 'waiting', ticket: { identityRefused: true } })
  })

  it('in the middle of the questions the language is changed, and the question is put again', async () => {
    await begin('ru')
    user.sends('/operator')
    await user.sees('согласие на использование')
    user.presses('Согласен')
    await user.sees('Напишите ваш ИИН')
    user.sends('/lang')
    await user.sees('На каком языке вам удобнее?')
    user.presses('Қазақша')
    await user.sees('Жақсы, енді қазақша сөйлесеміз.')
    await user.sees('ЖСН-іңізді жазыңыз')
    user.sends('/status')
    await user.sees('Өтініш әлі жіберілген жоқ')
  })

  it('what cannot be kept is answered once, by the engine', async () => {
    await begin('kk')
    user.sendsOther({ sticker: { file_id: 's' } })
    await user.sees('Стикерді оқи алмаймын.')
    user.sendsDocument(png, { name: 'үлкен.png', size: 30 * 1024 * 1024 })
    await user.sees('Файл тым үлкен: 10 МБ-қа дейін қабылдаймыз.')
    await bench.telegram.confirmed()
    expect(user.messages()).toHaveLength(2)
  })

  it('a button of a form that is over is answered politely', async () => {
    await begin('ru')
    user.sends('/start')
    await user.sees('Здравствуйте!')
    user.pressesStale('article:no-such-article')
    await bench.telegram.confirmed()
    expect(user.toasts()).toMatchObject([{ text: 'Эта кнопка уже не действует.' }])
  })
})
