import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { buildFaqIndex, understand } from '../../../engine/faq/index.ts'
import { articlesOf } from './articles.ts'
import { notForFaq, questionsForFaq } from './examples.ts'

const articles = articlesOf('edoc')
const { outOfScope } = parse(readFileSync(new URL('../../../desks/edoc/desk.yaml', import.meta.url), 'utf8'))
const index = buildFaqIndex(articles, { outOfScope })

describe('what is not for the FAQ', () => {
  for (const [intent, messages] of Object.entries(notForFaq)) {
    it.each(messages)(`${intent}: %s`, (message) => {
      expect(understand(index, message)).toMatchObject({ intent, confident: false })
    })
  }

  it('is recognised before any article is written', () => {
    const empty = buildFaqIndex([])
    expect(understand(empty, 'оператор керек').intent).toBe('operator')
    expect(understand(empty, 'как подписать документ')).toMatchObject({ intent: 'unknown', results: [] })
  })

  it.each([
    ['Сәлеметсіз бе', 'greeting'],
    ['спасибо!', 'thanks'],
    ['сау болыңыз', 'bye'],
    ['как дела', 'howAreYou'],
    ['сіз ботсыз ба', 'who'],
    ['жақсы', 'ok'],
    ['здравствуйте, как дела?', 'howAreYou'],
    ['🙏', 'thanks'],
  ])('small talk says what it is about: %s', (message, smalltalk) => {
    expect(understand(index, message).smalltalk).toBe(smalltalk)
  })

  it.each([
    ['установите мне windows', 'third-party-software'],
    ['принтер басып шығармайды', 'own-computer'],
    ['вайфай не ловит', 'internet'],
    ['салық кодексін түсіндіріп берші', 'legislation'],
    ['рассудите нас с поставщиком, кто виноват', 'others-acts'],
  ])('a request out of scope says which: %s', (message, id) => {
    expect(understand(index, message).outOfScope).toBe(id)
  })

  it('knows the ways of asking that the desk adds', () => {
    const desk = buildFaqIndex(articles, {
      outOfScope: [{ id: 'notary', phrasings: ['заверьте перевод у нотариуса', 'нотариус керек'] }],
    })
    expect(understand(desk, 'нужно заверить перевод у нотариуса')).toMatchObject({
      intent: 'outOfScope',
      outOfScope: 'notary',
    })
  })
})

describe('what only looks as if it were not for the FAQ', () => {
  it.each(questionsForFaq)('is a question: %s', (message) => {
    expect(understand(index, message).intent).toBe('question')
  })

  it.each([
    'подстрахуйте меня',
    'хулиган',
    'мандат депутата',
    'шлюз',
    'бухгалтерия',
    'команда',
    'Себебі не',
    'оскорбление',
    'ебінде',
  ])('is no insult: %s', (message) => {
    expect(understand(index, message).intent).not.toBe('insult')
  })
})

describe('a question', () => {
  it.each([
    ['как подписать документ', 'edoc.sign-document'],
    ['Құжатқа қалай қол қоямын?', 'edoc.sign-document'],
    ['кужатка калай кол коямын', 'edoc.sign-document'],
    ['qujatqa qalai qol qoyamyn', 'edoc.sign-document'],
    ['kak podpisat dokument', 'edoc.sign-document'],
    ['забыл пароль от эцп', 'edoc.key-password'],
    ['кілттің паролін ұмытып қалдым', 'edoc.key-password'],
    ['сколько стоит пользоваться порталом', 'edoc.tariff'],
    ['портал ақылы ма', 'edoc.tariff'],
    ['до скольки вы работаете', 'edoc.support-hours'],
    ['ncalayer не запускаеться', 'edoc.ncalayer'],
    ['тсфдфнук не работает', 'edoc.ncalayer'],
    ['ytn cdzpb c ncalayer', 'edoc.ncalayer'],
    ['сертификат истёк что делать', 'edoc.certificate-expired'],
    ['хочу пожаловаться на грубого сотрудника', 'edoc.complaint'],
    ['Добрый день! Отправил договор не тому контрагенту, как его отозвать?', 'edoc.recall-document'],
    ['qr код арқылы телефоннан қол қою', 'edoc.mobile-signing'],
  ])('finds its article: %s', (message, id) => {
    const { intent, results } = understand(index, message)
    expect(intent).toBe('question')
    expect(results[0]?.id).toBe(id)
  })

  it.each(
    articles.flatMap(
      ({ id, kk, ru }) =>
        [
          [kk.title, id],
          [ru.title, id],
        ] as const,
    ),
  )('that is a title finds its article for certain: %s', (title, id) => {
    const { results, confident } = understand(index, title)
    expect(results[0]?.id).toBe(id)
    expect(confident).toBe(true)
  })

  it('is found most often by a phrasing left out of the index', () => {
    const hidden = articles.flatMap(({ id, kk, ru }) =>
      [kk.phrasings, ru.phrasings].flatMap((phrasings) => phrasings.slice(0, 2).map((q) => ({ id, q }))),
    )
    const rest = articles.map((article) => ({
      ...article,
      kk: { ...article.kk, phrasings: article.kk.phrasings.slice(2) },
      ru: { ...article.ru, phrasings: article.ru.phrasings.slice(2) },
    }))
    const without = buildFaqIndex(rest, { outOfScope })
    const places = hidden.map(({ id, q }) =>
      understand(without, q).results.findIndex((found) => found.id === id),
    )
    expect(places.filter((place) => place === 0).length / hidden.length).toBeGreaterThan(0.8)
    expect(places.filter((place) => place >= 0).length / hidden.length).toBeGreaterThan(0.92)
  })

  it('about what the desk itself is for is not out of its scope', () => {
    const text = (title: string, phrasings: string[]) => ({ title, phrasings, body: title })
    const vpn = {
      id: 'gateway.vpn',
      kk: text('VPN қолжетімділігін қалай сұраймын?', ['впн сұрау']),
      ru: text('Как запросить доступ к VPN?', ['доступ к впн']),
    }
    expect(understand(buildFaqIndex([vpn]), 'нужен vpn, как его запросить').intent).toBe('question')
    expect(understand(index, 'настройте мне vpn').intent).toBe('outOfScope')
  })

  it('that only calls for help is never answered for certain', () => {
    for (const message of ['помогите', 'у меня вопрос', 'не работает', 'көмектесіңізші', 'сұрақ бар еді']) {
      expect(understand(index, message).confident).toBe(false)
    }
  })

  it('is answered in the language it is asked in', () => {
    expect(understand(index, 'Құжатты қалай жіберемін?').language).toBe('kk')
    expect(understand(index, 'Как отправить документ?').language).toBe('ru')
    expect(understand(index, 'rfr jnghfdbnm ljrevtyn')).toMatchObject({
      language: 'ru',
      recovered: 'как отправить документ',
    })
  })

  it('gives as many results as wanted', () => {
    expect(understand(index, 'как подписать документ', 1).results).toHaveLength(1)
    expect(understand(index, 'как подписать документ', 5).results).toHaveLength(5)
    expect(understand(index, 'как подписать документ', 0).results).toEqual([])
  })

  it('of another desk is told from one of this desk', () => {
    const law = articles.filter(({ id }) => ['edoc.legal-force', 'edoc.tariff'].includes(id))
    const own = articles.filter((article) => !law.includes(article))
    const split = buildFaqIndex(own, { otherDesks: [{ id: 'other', articles: law }] })
    expect(understand(split, 'сколько стоит тариф')).toMatchObject({
      intent: 'otherDesk',
      otherDesk: 'other',
    })
    expect(understand(split, 'как подписать документ').intent).toBe('question')
  })
})

describe('a question that several desks could answer', () => {
  const desks = ['edoc', 'sts', 'court', 'cryptopro']
  const indexes = new Map(
    desks.map((id) => {
      const otherDesks = desks.filter((other) => other !== id).map((id) => ({ id, articles: articlesOf(id) }))
      return [id, buildFaqIndex(articlesOf(id), { otherDesks })] as const
    }),
  )
  const ask = (desk: string, message: string) => understand(indexes.get(desk)!, message)

  it.each([
    ['edoc', 'служба поддержки работает в субботу?', 'edoc.support-hours'],
    ['court', 'сенбіде істейсіздер ме', 'court.support-hours'],
    ['edoc', 'Как зарегистрироваться на портале', 'edoc.register-portal'],
    ['court', 'ncalayer не запускается', 'court.java-browser'],
    ['sts', 'нужен vpn', 'sts.vpn-access'],
    ['court', 'адвокат хочет подать иск в суд', 'court.file-claim'],
  ])('stays with the desk that it was put to: %s, %s', (desk, message, id) => {
    const { intent, results } = ask(desk, message)
    expect({ intent, id: results[0]?.id }).toEqual({ intent: 'question', id })
  })

  it.each([
    ['edoc', 'как подать иск в судебном кабинете', 'court'],
    ['edoc', 'сот кабинетіне кіре алмай жатырмын', 'court'],
    ['sts', 'график работы поддержки криптопро', 'cryptopro'],
    ['court', 'ЕШДИ-ге қосылу үшін не керек', 'sts'],
    ['court', 'как зарегистрироваться в e-doc', 'edoc'],
    ['cryptopro', 'сколько стоит тариф', 'edoc'],
  ])('goes to the desk that it names, or that alone knows the answer: %s, %s', (desk, message, other) => {
    expect(ask(desk, message)).toMatchObject({ intent: 'otherDesk', otherDesk: other, confident: false })
  })

  it('is not answered for certain when another desk knows it clearly better', () => {
    const message = 'забыл логин и пароль от кабинета'
    expect(ask('edoc', message).confident).toBe(false)
    expect(understand(index, message).confident).toBe(true)
  })

  it('profits from the ways of asking that the other desks know', () => {
    const asked = 'вы круглосуточно?'
    const alone = understand(buildFaqIndex(articlesOf('edoc')), asked)
    expect(ask('edoc', asked).results[0]!.score).toBeGreaterThan(alone.results[0]?.score ?? 0)
    expect(ask('edoc', asked).results[0]!.id).toBe('edoc.support-hours')
  })
})

describe('understanding', () => {
  it('is the same each time, also from an index built anew', () => {
    const again = buildFaqIndex(articles, { outOfScope })
    for (const message of [...questionsForFaq, ...Object.values(notForFaq).flat()]) {
      const once = understand(index, message)
      expect(understand(index, message)).toEqual(once)
      expect(understand(again, message)).toEqual(once)
    }
  })

  it('never throws and keeps to its limits, whatever is written', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[а-яәіңғүұқөһ ,.!?a-z0-9-]*$/),
      fc.constantFrom(...Object.values(notForFaq).flat(), ...questionsForFaq),
    )
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 9 }), (text, limit) => {
        const { results, confident } = understand(index, text, limit)
        expect(results.length).toBeLessThanOrEqual(limit)
        expect(results.every(({ score }) => score >= 0 && score <= 1)).toBe(true)
        expect(results.map(({ score }) => score)).toEqual(
          results.map(({ score }) => score).sort((a, b) => b - a),
        )
        if (confident) expect(understand(index, text, 1).results).toHaveLength(1)
      }),
    )
  })

  it('looks at the beginning of a huge message only', () => {
    for (const unit of ['как подписать документ ', 'ф', ';', 'q w e ', 'сука ', '\u0301', '🙂']) {
      const huge = unit.repeat(Math.ceil(100_000 / unit.length))
      expect(understand(index, huge)).toEqual(understand(index, huge.slice(0, 2000)))
    }
  })
})
