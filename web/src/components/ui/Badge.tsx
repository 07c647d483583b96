import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'muted' | 'accent'

export const SOFT_TONE: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok-text',
  warn: 'bg-warn-soft text-warn-text',
  bad: 'bg-bad-soft text-bad-text',
  info: 'bg-info-soft text-info-text',
  muted: 'bg-muted-soft text-muted-text',
  accent: 'bg-accent-soft text-accent-text',
}

export const TEXT_TONE: Record<Tone, string> = {
  ok: 'text-ok-text',
  warn: 'text-warn-text',
  bad: 'text-bad-text',
  info: 'text-info-text',
  muted: 'text-muted-text',
  accent: 'text-accent-text',
}

/** Of a dot, or of a part of a drawing. */
export const FILL_TONE: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
  muted: 'bg-muted',
  accent: 'bg-accent',
}

interface BadgeProps {
  tone: Tone
  icon?: LucideIcon
  className?: string
  children: ReactNode
}

/** A word on a soft ground. */
export function Badge({ tone, icon: Icon, className, children }: BadgeProps) {
  return (
    <span className={clsx('inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-12 whitespace-nowrap', SOFT_TONE[tone], className)}>
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      {children}
    </span>
  )
}

/** A word with its icon on the bare surface, for tables. */
export function Mark({ tone, icon: Icon, className, children }: BadgeProps) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', TEXT_TONE[tone], className)}>
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      {children}
    </span>
  )
}

/** A name in a small frame: a group, a header. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="inline-flex h-5 max-w-40 items-center rounded-sm border border-line px-1.5 text-12 text-text-2"><span className="truncate">{children}</span></span>
}
