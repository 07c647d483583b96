import type { ReactNode } from 'react'
import { useMediaQuery } from '@/lib/mediaQuery'
import { texts } from './texts'

const HEXAGON = '8,0.8 14.2,4.4 14.2,11.6 8,15.2 1.8,11.6 1.8,4.4'

const Sign = ({ children }: { children: ReactNode }) => (
  <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0 fill-[var(--surface-3)] stroke-[var(--text-3)]" strokeWidth={1.5}>
    {children}
  </svg>
)

const Line = ({ colour, dash, arrow = true }: { colour: string; dash?: string; arrow?: boolean }) => (
  <svg aria-hidden viewBox="0 0 28 16" className="h-4 w-7 shrink-0">
    <line x1={1} y1={8} x2={arrow ? 20 : 27} y2={8} stroke={colour} strokeWidth={1.75} strokeDasharray={dash} />
    {arrow && <path d="M19 4 27 8 19 12Z" fill={colour} />}
  </svg>
)

const Entry = ({ sign, children }: { sign: ReactNode; children: ReactNode }) => (
  <li className="flex items-center gap-2 whitespace-nowrap">
    {sign}
    {children}
  </li>
)

/** What the drawing's shapes, fillings and lines mean. */
export function Legend() {
  const roomy = useMediaQuery('(min-width: 1600px)')
  return (
    <details open={roomy} className="absolute bottom-3 left-3 max-h-[calc(100%-1.5rem)] overflow-y-auto rounded-md border border-line bg-surface-1 text-12">
      <summary className="px-3 py-1.5 text-13 font-medium select-none touch:py-3">{texts.legend.title}</summary>
      <div className="grid grid-cols-2 gap-x-5 gap-y-1 px-3 pb-2.5">
        <ul className="flex flex-col gap-1">
          <Entry sign={<Sign><polygon points={HEXAGON} /></Sign>}>{texts.kinds.group.one}</Entry>
          <Entry sign={<Sign><circle cx={8} cy={8} r={6} /></Sign>}>{texts.kinds.peer.one}</Entry>
          <Entry sign={<Sign><rect x={2} y={2} width={12} height={12} /></Sign>}>{texts.kinds.network.one}</Entry>
          <Entry sign={<Sign><polygon points="8,1 15,8 8,15 1,8" /></Sign>}>{texts.kinds.resource.one}</Entry>
          <Entry sign={<Sign><polygon points="8,2 15,14 1,14" /></Sign>}>{texts.kinds.router.one}</Entry>
          <Entry sign={<Sign><polygon points="8,14 15,2 1,2" /></Sign>}>{texts.kinds.route.one}</Entry>
          <Entry sign={<Sign><circle cx={8} cy={8} r={3.5} /><circle cx={8} cy={8} r={7} fill="none" /></Sign>}>{texts.legend.eachOther}</Entry>
        </ul>
        <ul className="flex flex-col gap-1">
          <Entry sign={<Sign><circle cx={8} cy={8} r={6} style={{ fill: 'var(--ok)', stroke: 'var(--ok-text)' }} /></Sign>}>{texts.conditions.online}</Entry>
          <Entry sign={<Sign><circle cx={8} cy={8} r={6} style={{ fill: 'var(--surface-1)', stroke: 'var(--ok-text)' }} /><path d="M8 8V2A6 6 0 1 1 2 8Z" style={{ fill: 'var(--ok)', stroke: 'none' }} /></Sign>}>{texts.legend.partOnline}</Entry>
          <Entry sign={<Sign><circle cx={8} cy={8} r={6} style={{ fill: 'var(--surface-1)', stroke: 'var(--bad-text)' }} /><path d="M5.5 5.5 10.5 10.5M10.5 5.5 5.5 10.5" style={{ stroke: 'var(--bad-text)' }} /></Sign>}>{texts.conditions.offline}</Entry>
          <Entry sign={<Sign><circle cx={8} cy={8} r={6} style={{ fill: 'var(--surface-1)', stroke: 'var(--warn-text)' }} /><path d="M8 2A6 6 0 0 1 8 14Z" style={{ fill: 'var(--warn)', stroke: 'none' }} /></Sign>}>{texts.conditions.unconfirmed}</Entry>
          <Entry sign={<Line colour="var(--accent-text)" />}>{texts.table.says.allows}</Entry>
          <Entry sign={<Line colour="var(--bad-text)" dash="5 3" />}>{texts.table.says.drops}</Entry>
          <Entry sign={<Line colour="var(--warn-text)" dash="6 2 2 2" />}>{texts.legend.unclear}</Entry>
          <Entry sign={<Line colour="var(--text-3)" dash="2 3" />}>{texts.conditions.off}</Entry>
          <Entry sign={<Line colour="var(--line-strong)" arrow={false} />}>{texts.table.says.part}</Entry>
        </ul>
      </div>
    </details>
  )
}
