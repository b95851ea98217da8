import { useState } from 'preact/hooks'
import { isBusy, useChat } from '../chat.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

const stars = [1, 2, 3, 4, 5] as const

/** One to five stars: chosen by touch or arrow keys, sent by a button, so that a slip can be mended. */
export function Rating() {
  const chat = useChat()
  const [chosen, choose] = useState<(typeof stars)[number] | undefined>()
  return (
    <form
      class="card rating"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen) chat.choose(`rate:${chosen}`, t('ratingGiven', { stars: chosen }))
      }}
    >
      <fieldset>
        <legend class="unseen">{t('rating')}</legend>
        {stars.map((count) => (
          <label key={count} data-on={chosen !== undefined && count <= chosen}>
            <input type="radio" name="rating" checked={chosen === count} onChange={() => choose(count)} />
            <span class="unseen">{`${t('stars', { count })}: ${t(`rated.${count}`)}`}</span>
            <Icon name="star" filled />
          </label>
        ))}
      </fieldset>
      {chosen && (
        <>
          <p aria-hidden="true">{t(`rated.${chosen}`)}</p>
          <button type="submit" class="primary" disabled={isBusy()}>
            {t('rate')}
          </button>
        </>
      )}
    </form>
  )
}
