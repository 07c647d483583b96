import { ArrowLeftRight } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Account, FieldProblem } from '@/api/types'
import { FieldMessage } from '@/components/ui/Field'
import { IconButton } from '@/components/ui/Button'
import { isPort, SOURCES, TARGETS, writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { useKeepName, type FoundEnd } from '@/queries/access'
import { EndPicker } from './EndPicker'
import { mayTurn, type Asked } from './question'

const CONTROL = 'h-9 rounded-md border border-line-strong bg-surface-1 px-2.5 text-14 text-text-1 transition-colors hover:border-text-3 disabled:opacity-60 aria-invalid:border-bad-text touch:h-11'

const PROTOCOLS = [
  { value: '', label: 'any protocol' },
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
  { value: 'icmp', label: 'ICMP' },
] as const

interface QuestionLineProps {
  asked: Asked
  accountId: string | undefined
  accounts: readonly Account[]
  names: { from: string | null | undefined; to: string | null | undefined }
  /** What the API finds wrong with the question. */
  problems: readonly FieldProblem[]
  onChange: (change: { [Key in keyof AccessSearch]: AccessSearch[Key] | undefined }, options?: { replace?: boolean }) => void
}

interface PortProps {
  port: string | undefined
  disabled: boolean
  error: string | undefined
  errorId: string
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
        port
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        placeholder={disabled ? 'none' : 'any'}
        disabled={disabled}
        aria-invalid={isWrong || error ? true : undefined}
        aria-describedby={isWrong ? `${id}-wrong` : error ? errorId : undefined}
        className={`${CONTROL} w-20 tabular-nums`}
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
      {isWrong && <FieldMessage id={`${id}-wrong`}>0 to 65535</FieldMessage>}
    </span>
  )
}

/** "from … to … on …": all of it is in the address, so that a link asks the same. */
export function QuestionLine({ asked, accountId, accounts, names, problems, onChange }: QuestionLineProps) {
  const keepName = useKeepName()
  const id = useId()
  const { from, to, protocol, port } = asked
  const wrong = (field: 'from' | 'to' | 'port') => problems.find(({ pointer }) => pointer === `/${field}`)?.detail
  const choose = (side: 'from' | 'to') => (end: FoundEnd) => {
    keepName(end)
    onChange({ of: end.accountId, [side]: writeEnd(end) })
  }
  const turnable = mayTurn(asked) && (from ?? to) !== undefined
  return (
    <form role="search" aria-label="Question" className="rounded-lg border border-line bg-surface-1 p-3 md:p-4" onSubmit={(event) => event.preventDefault()}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        {accounts.length > 1 && (
          <label className="flex items-center gap-2 text-14 text-text-2 max-lg:w-full">
            <span className="w-10 shrink-0 lg:w-auto">In</span>
            <select
              className={`${CONTROL} min-w-0 max-lg:flex-1`}
              value={accountId}
              onChange={(event) => onChange({ of: event.target.value, from: undefined, to: undefined })}
            >
              {!accounts.some((account) => account.id === accountId) && <option value={accountId}>an account that is gone</option>}
              {accounts.map((account) => (
                <option key={account.id} value={account.id}>
                  {account.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className="min-w-0 flex-1 basis-full lg:basis-60">
          <EndPicker label="From" placeholder="a group or peer" kinds={SOURCES} accountId={accountId} chosen={from} name={names.from} error={wrong('from')} errorId={`${id}-from`} onChoose={choose('from')} />
        </div>
        <div className="flex min-w-0 flex-1 basis-full items-center gap-2 lg:basis-72">
          <IconButton
            label="The other way round"
            icon={ArrowLeftRight}
            aria-disabled={!turnable || undefined}
            className="aria-disabled:cursor-not-allowed aria-disabled:opacity-40 max-lg:order-2"
            onClick={() => turnable && onChange({ from: to && writeEnd(to), to: from && writeEnd(from) })}
          />
          <div className="min-w-0 flex-1">
            <EndPicker label="to" placeholder="a group, peer, resource or route" kinds={TARGETS} accountId={accountId} chosen={to} name={names.to} error={wrong('to')} errorId={`${id}-to`} onChoose={choose('to')} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <label className="flex items-center gap-2 text-14 text-text-2">
            <span className="w-10 shrink-0 lg:w-auto">on</span>
            <select
              aria-label="Protocol"
              className={CONTROL}
              value={protocol ?? ''}
              onChange={(event) => {
                const next = (event.target.value || undefined) as AccessSearch['protocol']
                onChange({ protocol: next, port: next === 'icmp' ? undefined : port })
              }}
            >
              {PROTOCOLS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <Port port={port} disabled={protocol === 'icmp'} error={wrong('port')} errorId={`${id}-port`} onChange={(next) => onChange({ port: next }, { replace: true })} />
        </div>
      </div>
      {(['from', 'to', 'port'] as const).map((field) => {
        const detail = wrong(field)
        return (
          detail && (
            <div key={field} className="mt-2">
              <FieldMessage id={`${id}-${field}`}>{detail}</FieldMessage>
            </div>
          )
        )
      })}
    </form>
  )
}
