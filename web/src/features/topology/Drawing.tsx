import { Focus, Minus, Plus } from 'lucide-react'
import { useCallback, useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { IconButton } from '@/components/ui/Button'
import { useShortcuts } from '@/lib/shortcuts'
import { NetworkCanvas, type Under } from './canvas'
import type { Link, Node } from './graph'
import { Legend } from './Legend'
import { usePalette } from './palette'
import type { Place, Places } from './places'
import { sentenceOf } from './sentences'
import { texts } from './texts'

/** How far an arrow key goes, of the window. */
const STEP = 0.12
const ZOOM = 1.4
/** More would hide what they are about. */
const SENTENCES = 4

export interface DrawingHandle {
  go: (id: string) => void
  focus: () => void
  png: () => Promise<Blob | null>
  svg: () => string | undefined
}

interface DrawingProps {
  nodes: readonly Node[]
  links: readonly Link[]
  places: Places
  /** Another number each time that all of it got new places. */
  laidOut: number
  /** The group whose members are shown. */
  opened: string | undefined
  selected: { node: string | undefined; link: string | undefined }
  label: string
  onPick: (under: { node?: Node; link?: Link }) => void
  onMove: (id: string, place: Place) => void
  /** The browser has no WebGL, or took it away. */
  onFail: () => void
  ref: Ref<DrawingHandle>
}

function Bubble({ under }: { under: Under }) {
  const { node, link, at } = under
  const rows = link?.rows ?? []
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 max-w-xs rounded-md border border-line bg-surface-1 px-2.5 py-1.5 text-12 shadow-[0_4px_12px_var(--shadow-color)]"
      style={{ left: at.x + 14, top: at.y + 14 }}
    >
      {node && (
        <>
          <p className="font-semibold wrap-anywhere">{node.name}</p>
          {node.about && <p className="text-text-3">{node.about}</p>}
        </>
      )}
      {rows.slice(0, SENTENCES).map((row) => (
        <p key={row.id} className="wrap-anywhere">
          {sentenceOf(row)}
        </p>
      ))}
      {rows.length > SENTENCES && <p className="text-text-3">{texts.canvas.more({ count: rows.length - SENTENCES })}</p>}
    </div>
  )
}

export function Drawing({ nodes, links, places, laidOut, opened, selected, label, onPick, onMove, onFail, ref }: DrawingProps) {
  const container = useRef<HTMLDivElement>(null)
  const canvas = useRef<NetworkCanvas>(undefined)
  const palette = usePalette()
  const help = useId()
  const [under, setUnder] = useState<Under>()
  const pick = useEffectEvent(onPick)
  const move = useEffectEvent(onMove)
  const fail = useEffectEvent(onFail)

  useEffect(() => {
    if (!container.current) return undefined
    if (!document.createElement('canvas').getContext('webgl2')) {
      fail()
      return undefined
    }
    const made = new NetworkCanvas(container.current, { onPick: (what) => pick(what), onHover: setUnder, onMove: (id, place) => move(id, place) })
    canvas.current = made
    const place = container.current
    const lost = () => fail()
    // The event stays at its canvas.
    place.addEventListener('webglcontextlost', lost, true)
    return () => {
      place.removeEventListener('webglcontextlost', lost, true)
      canvas.current = undefined
      made.end()
    }
  }, [])

  const { node, link } = selected
  useEffect(() => {
    canvas.current?.show({ nodes, links, places, palette, selected: { node, link } })
  }, [nodes, links, places, palette, node, link])

  // A window of its own for each layout; where things stand in it is the affair of the camera from then on.
  const frame = useEffectEvent(() => {
    canvas.current?.frame(places)
    if (node !== undefined && places.has(node)) canvas.current?.go(node)
  })
  useEffect(() => frame(), [laidOut])

  const shownGroup = useRef(opened)
  const members = nodes.filter(({ isMember }) => isMember).length
  useEffect(() => {
    if (shownGroup.current === opened) return
    // They are on their way.
    if (opened !== undefined && members === 0) return
    shownGroup.current = opened
    canvas.current?.fit()
  }, [opened, members])

  useImperativeHandle(
    ref,
    () => ({
      go: (id) => canvas.current?.go(id),
      focus: () => container.current?.focus({ preventScroll: true }),
      png: () => canvas.current?.png() ?? Promise.resolve(null),
      svg: () => canvas.current?.svg(label),
    }),
    [label],
  )

  const zoomIn = useCallback(() => canvas.current?.zoom(ZOOM), [])
  const zoomOut = useCallback(() => canvas.current?.zoom(1 / ZOOM), [])
  const fit = useCallback(() => canvas.current?.fit(), [])
  useShortcuts({ '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': fit })

  const onKeyDown = (event: KeyboardEvent) => {
    const ways: Record<string, readonly [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }
    const way = ways[event.key]
    if (way) {
      event.preventDefault()
      canvas.current?.pan(...way)
    } else if (event.key === 'Escape') onPick({})
  }

  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move what cannot be scrolled; the table is its twin */}
      <div
        ref={container}
        role="application"
        aria-label={label}
        aria-describedby={help}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- for the arrows
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="absolute inset-0 touch-none overflow-hidden outline-offset-[-2px]"
      />
      <p id={help} className="sr-only">
        {texts.canvas.help}
      </p>
      {under && <Bubble under={under} />}
      <div className="absolute right-3 bottom-3 flex flex-col rounded-md border border-line bg-surface-1">
        <IconButton label={texts.canvas.zoomIn} icon={Plus} aria-keyshortcuts="+" onClick={zoomIn} />
        <IconButton label={texts.canvas.zoomOut} icon={Minus} aria-keyshortcuts="-" onClick={zoomOut} />
        <IconButton label={texts.canvas.fit} icon={Focus} aria-keyshortcuts="0" onClick={fit} />
      </div>
      <Legend />
    </>
  )
}
