import { ArrowUp } from 'lucide-react'
import { texts } from './texts/states'

/** New rows that wait while the reader's pointer or focus is in the list. */
export function WaitingRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-15 z-20 flex h-0 justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-7 animate-pop items-center gap-1.5 rounded-full bg-accent px-3 text-12 text-on-accent shadow-[0_4px_12px_var(--shadow-color)] hover:bg-accent-hover"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {texts.waitingRows.new({ count })}
        </button>
      )}
    </div>
  )
}
