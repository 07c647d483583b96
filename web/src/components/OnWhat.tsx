import { useEffect, useId, useRef, useState } from 'react'
import { isPort, PROTOCOLS, type AccessSearch } from '@/lib/accessEnds'
import { QUESTION_CONTROL } from './questionControl'
import { texts } from './texts/questions'
import { FieldMessage } from './ui/Field'

const CHOICES = [{ value: '', label: texts.onWhat.anyProtocol }, ...PROTOCOLS] as const

interface PortProps {
  port: string | undefined
  disabled: boolean
  error?: string | undefined
  errorId?: string | undefined
  onChange: (port: string | undefined) => void
}

/** A port is asked about once nothing is added to it for so long: its beginning is another port. */
const PAUSE_MS = 600

/** Asked about by Enter and when it is left, too. */
function Port({ port, disabled, error, errorId, onChange }: PortProps) {
  const [draft, setDraft] = useState<string>()
  const isWrong = !disabled && draft !== undefined && draft !== '' && !isPort(draft)
  const id = useId()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const settle = (text: string | undefined) => {
    clearTimeout(pause.current)
    if (text === undefined || (text !== '' && !isPort(text))) return
    setDraft(undefined)
    if ((text || undefined) !== port) onChange(text || undefined)
  }
  useEffect(() => () => clearTimeout(pause.current), [])
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-14 text-text-2">
        {texts.onWhat.port}
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        placeholder={disabled ? texts.onWhat.none : texts.onWhat.any}
        disabled={disabled}
        aria-invalid={isWrong || error ? true : undefined}
        aria-describedby={isWrong ? `${id}-wrong` : error ? errorId : undefined}
        className={`${QUESTION_CONTROL} w-20 tabular-nums`}
        value={disabled ? '' : (draft ?? port ?? '')}
        onChange={(event) => {
          const text = event.target.value.trim()
          setDraft(text)
          clearTimeout(pause.current)
          pause.current = setTimeout(() => settle(text), PAUSE_MS)
        }}
        onBlur={() => settle(draft)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          settle(draft)
        }}
      />
      {isWrong && <FieldMessage id={`${id}-wrong`}>{texts.onWhat.wrong}</FieldMessage>}
    </span>
  )
}

interface OnWhatProps extends Pick<PortProps, 'error' | 'errorId'> {
  protocol: AccessSearch['protocol']
  port: string | undefined
  onChange: (change: { protocol?: AccessSearch['protocol'] | undefined; port?: string | undefined }, options?: { replace?: boolean }) => void
}

/** On which protocol and port, in the line of a question; without them, on anything. */
export function OnWhat({ protocol, port, error, errorId, onChange }: OnWhatProps) {
  return (
    <>
      <label className="flex items-center gap-2 text-14 text-text-2">
        <span className="w-10 shrink-0 lg:w-auto">{texts.onWhat.on}</span>
        <select
          aria-label={texts.onWhat.protocol}
          className={QUESTION_CONTROL}
          value={protocol ?? ''}
          onChange={(event) => {
            const next = (event.target.value || undefined) as AccessSearch['protocol']
            onChange({ protocol: next, port: next === 'icmp' ? undefined : port })
          }}
        >
          {CHOICES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Port port={port} disabled={protocol === 'icmp'} error={error} errorId={errorId} onChange={(next) => onChange({ port: next }, { replace: true })} />
    </>
  )
}
