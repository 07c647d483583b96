import type { ReactNode } from 'react'
import { useEffect } from 'react'

interface EntranceProps {
  title: string
  children: ReactNode
  note?: ReactNode
}

/** The page before the frame: signing in, setting up. */
export function Entrance({ title, note, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · NetBird platform`
  }, [title])
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="w-full max-w-sm">
        <p className="mb-6 flex items-center justify-center gap-2.5 text-14 font-semibold">
          <img src="/favicon.svg" alt="" className="size-6.5" />
          NetBird platform
        </p>
        <div className="rounded-xl border border-line bg-surface-1 p-6">
          <h1 className="text-20 font-semibold">{title}</h1>
          {note && <p className="mt-1 text-13 text-text-2">{note}</p>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  )
}
