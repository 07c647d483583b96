import { useId, useState } from 'react'
import { QUESTION_CONTROL } from '@/components/questionControl'
import { Absolute, Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { FieldMessage } from '@/components/ui/Field'
import { Tabs } from '@/components/ui/Tabs'
import { phrase } from '@/lib/phrase'
import { fieldTime, ofFieldTime, SINCE, USUAL_SINCE } from '@/lib/since'
import { texts } from './texts'

interface SinceLineProps {
  since: string
  /** The moment that it means. */
  moment: string
  /** What the API finds wrong with it. */
  error: string | undefined
  onChange: (since: string) => void
}

/** A moment of one's own; the one that is shown until another is written. */
function OwnMoment({ moment, error, onChange }: Omit<SinceLineProps, 'since'>) {
  const [draft, setDraft] = useState<string>()
  const [isEmpty, setIsEmpty] = useState(false)
  const id = useId()
  const wrong = isEmpty ? texts.line.wrong : error
  return (
    <form
      noValidate
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (draft === undefined) return
        const chosen = ofFieldTime(draft)
        setIsEmpty(chosen === undefined)
        if (chosen !== undefined) onChange(chosen)
      }}
    >
      <input
        type="datetime-local"
        aria-label={texts.line.moment}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? id : undefined}
        className={`${QUESTION_CONTROL} min-w-0 tabular-nums`}
        value={draft ?? fieldTime(moment)}
        onChange={(event) => {
          setDraft(event.target.value)
          setIsEmpty(false)
        }}
      />
      <Button type="submit" disabled={draft === undefined}>
        {texts.line.show}
      </Button>
      {wrong && (
        <div role="alert" className="basis-full">
          <FieldMessage id={id}>{wrong}</FieldMessage>
        </div>
      )}
    </form>
  )
}

/** Since when, all of it in the address. */
export function SinceLine({ since, moment, error, onChange }: SinceLineProps) {
  return (
    <>
      <span className="text-14 text-text-2 max-lg:w-10">{texts.line.since}</span>
      <Tabs label={texts.line.since} tabs={SINCE.map(({ value, label }) => ({ label, isCurrent: value === since, change: { since: value === USUAL_SINCE ? undefined : value } }))} />
      <OwnMoment key={moment} {...{ moment, error, onChange }} />
      <p className="text-13 text-text-3 lg:ml-auto">
        {phrase(texts.line.at, { moment: <Absolute at={moment} />, ago: <Ago at={moment} /> })}
      </p>
    </>
  )
}
