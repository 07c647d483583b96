import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { texts } from './texts/failures'

interface EntranceProps {
  title: string
  children: ReactNode
  note?: ReactNode
  /** Other ways in, below the card. */
  elsewhere?: ReactNode
}

/** The page before the frame: signing in, setting up. Its top stays where it is, whatever is said below. */
export function Entrance({ title, note, elsewhere, children }: EntranceProps) {
  useEffect(() => {
    document.title = texts.entrance.title({ title })
  }, [title])
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-12 sm:pt-[14vh]">
      <div className="w-full max-w-sm">
        <p className="mb-6 flex items-center justify-center gap-2.5 text-14 font-semibold">
          <img src="/favicon.svg" alt="" className="size-6.5" />
          {texts.entrance.product}
        </p>
        <div className="rounded-xl border border-line bg-surface-1 p-6">
          <h1 className="text-20 font-semibold wrap-anywhere">{title}</h1>
          {note && <p className="mt-1 text-13 wrap-anywhere text-text-2">{note}</p>}
          <div className="mt-5">{children}</div>
        </div>
        {elsewhere && <div className="mt-4 flex flex-col items-center gap-1 text-13 text-text-2">{elsewhere}</div>}
      </div>
    </main>
  )
}

/** The look of a link among the other ways in. */
export const ENTRANCE_LINK = 'inline-flex min-h-6 items-center text-accent-text underline-offset-2 hover:underline touch:min-h-11'

/** The look of a button that names somebody, whose name may be long. */
export const ENTRANCE_BUTTON = 'h-auto! min-h-9 w-full py-1.5 whitespace-normal! wrap-anywhere touch:min-h-11'

/** What a form of the entrance led to, in place of the form. */
export function EntranceMessage({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="flex flex-col gap-3 text-14">
      {children}
    </div>
  )
}
