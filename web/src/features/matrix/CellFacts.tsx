import clsx from 'clsx'
import { ShieldMinus } from 'lucide-react'
import { Mark, SOFT_TONE, type Tone } from '@/components/ui/Badge'
import { lookOf } from './looks'
import { perhapsOpen, type Place } from './places'
import { texts } from './texts'

function Services({ title, words, tone }: { title: string; words: readonly string[]; tone: Tone }) {
  if (words.length === 0) return null
  return (
    <div className="flex items-baseline gap-2">
      <dt className="w-22 shrink-0 text-12 text-text-3">{title}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap gap-1">
        {words.map((word) => (
          <span key={word} className={clsx('rounded-sm px-1.5 py-px text-12 font-medium wrap-anywhere tabular-nums', SOFT_TONE[tone])}>
            {word}
          </span>
        ))}
      </dd>
    </div>
  )
}

/** In a word, and of how many pairs. */
export function CellVerdict({ place: { cell, state } }: { place: Place }) {
  const { word, ...look } = lookOf(state)
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-13">
      <Mark {...look}>{word}</Mark>
      {cell && <span className="text-text-2 tabular-nums">{texts.cell.ofPairs(cell)}</span>}
    </p>
  )
}

/** On what, and whether something is taken away. */
export function CellFacts({ place: { cell, state }, className }: { place: Place; className?: string }) {
  if (!cell) return null
  return (
    <>
      <dl className={clsx('flex flex-col gap-1.5 empty:hidden', className)}>
        <Services title={texts.cell.open} words={cell.open} tone={state === 'allowed' ? 'ok' : 'info'} />
        <Services title={texts.cell.mayBeOpen} words={perhapsOpen(cell)} tone="warn" />
      </dl>
      {cell.drops && (
        <Mark tone="warn" icon={ShieldMinus} className={clsx('text-13 whitespace-normal', className)}>
          {texts.cell.drops}
        </Mark>
      )}
    </>
  )
}
