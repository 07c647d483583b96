import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import type { PointerEventHandler } from 'react'
import { ItemLink } from '@/components/items/ItemLink'
import { phrase } from '@/lib/phrase'
import type { Questions } from './address'
import { CellFacts, CellVerdict } from './CellFacts'
import type { Place } from './places'
import { texts } from './texts'

/** The API names no more policies of a place. */
const NAMED = 5

/** Why there is no more to say of a place that the answer has nothing about. */
function without({ from, to, state }: Place): string {
  if (state === 'omitted') return texts.cell.omitted
  if (state === 'nothing') return texts.cell.nothing
  if (from.id === to.id && from.peers > 0) return texts.cell.alone({ name: from.name })
  const empty = [from, to].find(({ peers }) => peers === 0)
  return texts.cell.empty({ name: empty?.name ?? from.name })
}

function Policies({ place: { cell }, account }: { place: Place; account: string }) {
  if (!cell || cell.policies.length === 0) return null
  return (
    <div>
      <p className="text-12 text-text-3">{texts.cell.policies({ drops: cell.drops, most: cell.policies.length >= NAMED ? NAMED : undefined })}</p>
      <ul className="mt-0.5">
        {cell.policies.map(({ id, name }) => (
          <li key={id}>
            <ItemLink kind="policy" id={id} of={account} className="inline-block py-0.5 text-13 wrap-anywhere text-accent-text hover:underline">
              {name || id}
            </ItemLink>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** All that the answer says of a place. */
function Told({ place, account, questions }: { place: Place; account: string; questions: Questions }) {
  const { from, to, cell } = place
  return (
    <div className="flex flex-col gap-2.5">
      <div>
        <p className="text-13 font-semibold wrap-anywhere">
          {phrase(texts.cell.arrow, {
            from: (
              <ItemLink kind="group" id={from.id} of={account} className="hover:underline">
                {from.name}
              </ItemLink>
            ),
            to: (
              <ItemLink kind="group" id={to.id} of={account} className="hover:underline">
                {to.name}
              </ItemLink>
            ),
          })}
        </p>
        <CellVerdict place={place} />
      </div>
      {!cell && <p className="text-13 text-text-2">{without(place)}</p>}
      <CellFacts place={place} />
      <Policies place={place} account={account} />
      <Link to="/access" search={questions.search(from, to)} className="inline-flex items-center gap-1.5 self-start py-0.5 text-13 font-medium text-accent-text hover:underline">
        {texts.cell.ask}
        <ArrowRight aria-hidden className="size-3.5" />
      </Link>
      <span className="sr-only">{texts.cell.peers({ from: from.name, fromPeers: from.peers, to: to.name, toPeers: to.peers })}</span>
    </div>
  )
}

interface CellCardProps {
  place: Place
  /** The place on screen, which it stands beside. */
  anchor: HTMLElement
  account: string
  questions: Questions
  ref: React.RefObject<HTMLDivElement | null>
  onPointerEnter: PointerEventHandler
  onPointerLeave: PointerEventHandler
  /** By Escape, which gives the focus back. */
  onEscape: () => void
  onBlur: React.FocusEventHandler
}

/** Beside a place that is pointed at or has the focus; it takes the focus by a key alone. */
export function CellCard({ place, anchor, account, questions, ref, onPointerEnter, onPointerLeave, onEscape, onBlur }: CellCardProps) {
  return (
    <Radix.Root open>
      <Radix.Anchor virtualRef={{ current: anchor }} />
      <Radix.Portal container={document.getElementById('main')}>
        <Radix.Content
          ref={ref}
          aria-label={texts.cell.fromTo({ from: place.from.name, to: place.to.name })}
          side="bottom"
          sideOffset={4}
          collisionPadding={8}
          hideWhenDetached
          className="z-20 max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-surface-1 p-3 shadow-[0_8px_24px_var(--shadow-color)]"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onFocusOutside={(event) => event.preventDefault()}
          onPointerDownOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            onEscape()
          }}
          {...{ onPointerEnter, onPointerLeave, onBlur }}
        >
          <Told {...{ place, account, questions }} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
