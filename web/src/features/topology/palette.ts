import { useEffect, useState } from 'react'

const TOKENS = ['surface-0', 'surface-1', 'surface-3', 'text-1', 'text-2', 'text-3', 'line-strong', 'accent-text', 'ok', 'ok-text', 'warn', 'warn-text', 'bad', 'bad-text', 'info', 'info-text', 'muted', 'muted-text'] as const
export type Palette = Readonly<Record<(typeof TOKENS)[number], string>>

function read(): Palette {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`).trim()])) as Palette
}

/** The theme's colours as they are: WebGL knows no variables. With the theme they change, and when the connection is lost. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(read)
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(read()))
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-connection'] })
    return () => observer.disconnect()
  }, [])
  return palette
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))

/** So much of one colour, the rest of another; what is no plain colour stays. */
export function mixed(colour: string, ground: string, share: number): string {
  if (![colour, ground].every((one) => /^#[0-9a-f]{6}$/i.test(one))) return colour
  const under = channels(ground)
  return `#${channels(colour).map((value, index) => Math.round(value * share + (under[index] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
}
