import { describe, expect, it } from 'vitest'
import { mailedAnswer } from '../../../engine/conversation/mailedAnswer.ts'

/* What a letter that answers ours means, as people write it: with a greeting before and a closing after. */

describe('a letter of answer', () => {
  it.each([
    ['Здравствуйте!\n\nПомогло, спасибо.\n\nС уважением,\nРасул', 'helped'],
    ['Добрый день, помогло', 'helped'],
    ['Добрый день, Айгерим! Помогло', 'words'],
    ['Сәлеметсіз бе, Айгерім!\nКөмектесті', 'helped'],
    ['Қайырлы күн! Көмектеспеді', 'notHelped'],
    ['Здравствуйте. Не помогло', 'notHelped'],
    ['Здравствуйте, не помогло\n5 раз пробовал', 'words'],
    ['Помогло.\nСпасибо, но печать не работает', 'words'],
    ['Помогло.\nСпасибо вам большое!\nРасул', 'helped'],
    ['Здравствуйте', 'thanks'],
    ['Спасибо большое!', 'thanks'],
    ['Хорошо, спасибо. Всего доброго!', 'thanks'],
    ['Огромное спасибо за оперативную помощь', 'thanks'],
    ['Көмегіңізге көп рақмет!', 'thanks'],
    ['Отлично, всё заработало! Спасибо!', 'thanks'],
    ['Спасибо, но ошибка осталась', 'words'],
    ['Спасибо не помогло', 'words'],
    ['Рақмет, бірақ шешілмеді', 'words'],
    ['Рақмет көмектеспеді', 'words'],
    ['Спасибо, жду', 'words'],
    ['Спасибо жду ответа', 'words'],
    ['Помогите пожалуйста спасибо', 'words'],
    ['Спасибо за помощь и понимание', 'thanks'],
    ['Еңбегіңізге рақмет', 'thanks'],
    ['Хорошо, а как быть с архивом?', 'words'],
    ['Приветствие не открывается', 'words'],
    ['', 'thanks'],
  ])('%j: %s', (text, kind) => {
    expect(mailedAnswer(text)).toMatchObject({ kind })
  })

  it.each([
    ['Добрый день!\n\n5', 5],
    ['Сәлем\n4\nРахмет', 4],
    ['Здравствуйте, 3', 3],
    ['2 из 5', 2],
  ])('%j rates with %i', (text, stars) => {
    expect(mailedAnswer(text)).toEqual({ kind: 'rating', stars })
  })

  it.each(['Здравствуйте, 5 лет назад', '6', '1. Не работает вход', '12'])('%j rates nothing', (text) => {
    expect(mailedAnswer(text).kind).toBe('words')
  })
})
