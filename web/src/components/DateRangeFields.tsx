import { useState } from 'react'
import { daysOf, written } from '@/lib/dateRange'
import { texts } from './texts/questions'
import { Button } from './ui/Button'
import { TextField } from './ui/Field'

/** The first and the last day of a stretch of time; one may be left open. */
export function DateRangeFields({ value = '', onChoose }: { value: string | undefined; onChoose: (range: string) => void }) {
  const [{ first = '', last = '' }, setDays] = useState(() => daysOf(value) ?? {})
  const [error, setError] = useState<string>()
  const range = written({ first, last })
  const edit = (part: { first?: string; last?: string }) => {
    setDays({ first, last, ...part })
    setError(undefined)
  }
  return (
    <form
      aria-label={texts.dateRangeFields.otherDays}
      className="mt-1 flex flex-col gap-2 border-t border-line p-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (daysOf(range)) onChoose(range)
        else setError(first !== '' && last !== '' ? texts.dateRangeFields.wrongOrder : texts.dateRangeFields.chooseDay)
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <TextField label={texts.dateRangeFields.from} type="date" value={first} onChange={(event) => edit({ first: event.target.value })} />
        <TextField label={texts.dateRangeFields.to} type="date" value={last} onChange={(event) => edit({ last: event.target.value })} />
      </div>
      {error && (
        <p role="alert" className="text-12 text-bad-text">
          {error}
        </p>
      )}
      <Button type="submit">{texts.dateRangeFields.show}</Button>
    </form>
  )
}
