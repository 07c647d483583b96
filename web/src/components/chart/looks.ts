/** The parts of a whole, which mean nothing by their colours: in this order, as often as there are others. */
export const PARTS = ['part1', 'part2', 'part3', 'part4', 'part5', 'part6', 'part7', 'part8'] as const

/** One that is muted is what the others are parts of, and has no area. */
export type ChartTone = 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'muted' | 'rest' | (typeof PARTS)[number]

export const STROKE: Readonly<Record<ChartTone, string>> = {
  ok: 'stroke-ok',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
  info: 'stroke-info',
  accent: 'stroke-accent-text',
  muted: 'stroke-text-3',
  rest: 'stroke-text-3',
  part1: 'stroke-part-1',
  part2: 'stroke-part-2',
  part3: 'stroke-part-3',
  part4: 'stroke-part-4',
  part5: 'stroke-part-5',
  part6: 'stroke-part-6',
  part7: 'stroke-part-7',
  part8: 'stroke-part-8',
}

export const FILL: Readonly<Record<ChartTone, string>> = {
  ok: 'fill-ok',
  warn: 'fill-warn',
  bad: 'fill-bad',
  info: 'fill-info',
  accent: 'fill-accent-text',
  muted: 'fill-text-3',
  rest: 'fill-text-3',
  part1: 'fill-part-1',
  part2: 'fill-part-2',
  part3: 'fill-part-3',
  part4: 'fill-part-4',
  part5: 'fill-part-5',
  part6: 'fill-part-6',
  part7: 'fill-part-7',
  part8: 'fill-part-8',
}

export type Pen = 'solid' | 'dashed' | 'dotted' | 'mixed'

export const PENS: Readonly<Record<Pen, string | undefined>> = { solid: undefined, dashed: '6 4', dotted: '1 4', mixed: '8 4 1 4' }

/** How an area is hatched: colour alone tells nobody. */
export type Hatch = 'plain' | 'rising' | 'falling' | 'dotted'

const ORDER: readonly Pen[] = ['solid', 'dashed', 'dotted', 'mixed']
const HATCHES: readonly Hatch[] = ['plain', 'rising', 'dotted', 'falling']

/** How one of several parts of a whole is drawn, by its place among them: with the colours over again, it is drawn another way. */
export function partLook(index: number): { tone: ChartTone; pen: Pen; hatch: Hatch } {
  const way = index + Math.floor(index / PARTS.length)
  return { tone: PARTS[index % PARTS.length] ?? 'rest', pen: ORDER[way % ORDER.length] ?? 'solid', hatch: HATCHES[way % HATCHES.length] ?? 'plain' }
}

/** What is left of a whole. */
export const REST_LOOK = { tone: 'rest', pen: 'dotted', hatch: 'plain' } as const
