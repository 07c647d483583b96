export function Kbd({ children }: { children: string }) {
  return <kbd className="rounded-sm border border-line bg-surface-0 px-1.5 py-px font-sans text-12 text-text-3">{children}</kbd>
}

export const isApple = /mac|iphone|ipad/i.test(navigator.userAgent)

/** The command key's name on this machine, before another key. */
export const withCommand = (key: string): string => (isApple ? `⌘${key}` : `Ctrl ${key}`)
