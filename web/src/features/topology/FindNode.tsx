import clsx from 'clsx'
import { Search } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useShortcuts } from '@/lib/shortcuts'
import type { Node } from './graph'
import { findNodes } from './narrow'
import { KIND_WORDS } from './sentences'
import { texts } from './texts'

const MOST = 12

/** Goes to a node by its name; `/` goes to the field. */
export function FindNode({ nodes, onFind }: { nodes: readonly Node[]; onFind: (node: Node) => void }) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  useShortcuts({ '/': () => input.current?.focus() })
  const found = findNodes(nodes, typed, MOST)
  const isOpen = open && typed.trim() !== ''
  const current = found[Math.min(at, found.length - 1)]
  const go = (node: Node) => {
    setOpen(false)
    setTyped(node.name)
    onFind(node)
  }
  return (
    <div className="relative w-full sm:w-56">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={texts.find.label}
        aria-keyshortcuts="/"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${id}-${current.id}` : undefined}
        placeholder={texts.find.placeholder}
        autoComplete="off"
        spellCheck={false}
        className="h-8 w-full rounded-md border border-line bg-surface-1 pr-2 pl-8.5 text-13 transition-colors hover:border-line-strong touch:h-11"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (isOpen) setOpen(false)
            else event.currentTarget.blur()
          } else if (event.key === 'Enter' && current) go(current)
          else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setOpen(true)
            if (found.length > 0) setAt((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
          }
        }}
      />
      {isOpen && (
        <div id={id} role="listbox" aria-label={texts.find.found} className="absolute top-full z-20 mt-1 max-h-80 w-full min-w-64 overflow-y-auto rounded-lg border border-line bg-surface-1 p-1 shadow-[0_8px_24px_var(--shadow-color)]">
          {found.map((node) => (
            // The field has the focus and the keys.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={node.id}
              id={`${id}-${node.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={node === current}
              className={clsx('flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-13 hover:bg-surface-2 touch:min-h-11', node === current && 'bg-surface-2')}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => go(node)}
            >
              <span className="min-w-0 flex-1 truncate">{node.name}</span>
              <span className="text-12 text-text-3">{KIND_WORDS[node.kind].one}</span>
            </div>
          ))}
          {found.length === 0 && (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2 py-2 text-13 text-text-3">
              {texts.find.none}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
