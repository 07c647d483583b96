import { ArrowLeftRight } from 'lucide-react'
import { useId } from 'react'
import type { Account, FieldProblem } from '@/api/types'
import { AskedAccount } from '@/components/AskedAccount'
import { OnWhat } from '@/components/OnWhat'
import { FieldMessage } from '@/components/ui/Field'
import { IconButton } from '@/components/ui/Button'
import { SOURCES, TARGETS, writeEnd, type AccessSearch, type EndKind } from '@/lib/accessEnds'
import { useKeepName, type Found } from '@/queries/found'
import { EndPicker } from './EndPicker'
import { mayTurn, type Asked } from './question'
import { texts } from './texts'

interface QuestionLineProps {
  asked: Asked
  accountId: string | undefined
  accounts: readonly Account[]
  names: { from: string | null | undefined; to: string | null | undefined }
  /** What the API finds wrong with the question. */
  problems: readonly FieldProblem[]
  onChange: (change: { [Key in keyof AccessSearch]: AccessSearch[Key] | undefined }, options?: { replace?: boolean }) => void
}

/** "from … to … on …": all of it is in the address, so that a link asks the same. */
export function QuestionLine({ asked, accountId, accounts, names, problems, onChange }: QuestionLineProps) {
  const keepName = useKeepName()
  const id = useId()
  const { from, to, protocol, port } = asked
  const wrong = (field: 'from' | 'to' | 'port') => problems.find(({ pointer }) => pointer === `/${field}`)?.detail
  const choose = (side: 'from' | 'to') => (end: Found<EndKind>) => {
    keepName(end)
    onChange({ of: end.accountId, [side]: writeEnd(end) })
  }
  const turnable = mayTurn(asked) && (from ?? to) !== undefined
  return (
    <form role="search" aria-label={texts.question.label} className="rounded-lg border border-line bg-surface-1 p-3 md:p-4" onSubmit={(event) => event.preventDefault()}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <AskedAccount {...{ accountId, accounts }} onChange={(of) => onChange({ of, from: undefined, to: undefined })} />
        <div className="min-w-0 flex-1 basis-full lg:basis-60">
          <EndPicker label={texts.question.from} placeholder={texts.question.fromPlaceholder} kinds={SOURCES} accountId={accountId} chosen={from} name={names.from} error={wrong('from')} errorId={`${id}-from`} onChoose={choose('from')} />
        </div>
        <div className="flex min-w-0 flex-1 basis-full items-center gap-2 lg:basis-72">
          <IconButton
            label={texts.question.turn}
            icon={ArrowLeftRight}
            aria-disabled={!turnable || undefined}
            className="aria-disabled:cursor-not-allowed aria-disabled:opacity-40 max-lg:order-2"
            onClick={() => turnable && onChange({ from: to && writeEnd(to), to: from && writeEnd(from) })}
          />
          <div className="min-w-0 flex-1">
            <EndPicker label={texts.question.to} placeholder={texts.question.toPlaceholder} kinds={TARGETS} accountId={accountId} chosen={to} name={names.to} error={wrong('to')} errorId={`${id}-to`} onChoose={choose('to')} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <OnWhat {...{ protocol, port }} error={wrong('port')} errorId={`${id}-port`} onChange={onChange} />
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
