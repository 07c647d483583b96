import Graph from 'graphology'
import Sigma from 'sigma'
import type { CameraState, EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import type { Link, Node } from './graph'
import { linkLook, nodeLook } from './looks'
import type { Palette } from './palette'
import { extentOf, type Place, type Places } from './places'
import { LINES, NetworkNodeProgram, type LinkDash, type NodeLook } from './programs'
import { svgOf, type SvgLine, type SvgNode } from './svg'

/** With more lines than this, they rest while the drawing is moved: not every machine has a graphics card. */
const MANY_LINKS = 600
/** How near something a pointer means it, in pixels. */
const NEAR = 7
/** Of the window, that stays free around all of it. */
const PADDING = 48
/** The panel's width, and from which on it is beside the drawing instead of below it. */
const PANEL = 344
const PANEL_FROM = 640
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

export interface Picture {
  nodes: readonly Node[]
  links: readonly Link[]
  places: Places
  palette: Palette
  selected: { node: string | undefined; link: string | undefined }
}

export interface Under {
  node?: Node
  link?: Link
  at: Place
}

interface Events {
  onPick: (under: { node?: Node; link?: Link }) => void
  onHover: (under: Under | undefined) => void
  onMove: (id: string, place: Place) => void
}

const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** The drawing itself: what it shows is set from outside, what is done to it is told. */
export class NetworkCanvas {
  readonly #sigma: Sigma
  readonly #events: Events
  #picture: Picture | undefined
  #byId = new Map<string, Node>()
  #dragged: string | undefined
  #hovered: string | undefined
  #frame = 0
  readonly #sizes: ResizeObserver

  constructor(container: HTMLElement, events: Events) {
    this.#events = events
    this.#sigma = new Sigma(new Graph(), container, {
      nodeProgramClasses: { node: NetworkNodeProgram },
      nodeHoverProgramClasses: { node: NetworkNodeProgram },
      edgeProgramClasses: LINES,
      defaultNodeType: 'node',
      defaultEdgeType: 'line',
      stagePadding: PADDING,
      minCameraRatio: 0.02,
      maxCameraRatio: 8,
      labelFont: FONT,
      labelSize: 12,
      labelDensity: 0.8,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 5.2,
      zIndex: false,
      allowInvalidContainer: true,
      defaultDrawNodeLabel: (context, { x, y, size, label }) => this.#write(context, x, y, size, label, false),
      defaultDrawNodeHover: (context, { x, y, size, label }) => this.#write(context, x, y, size, label, true),
    })
    // Instead of sigma's own, which draws all nodes once more in the colours of their numbers and has the page wait for
    // the picture at each move of the pointer. Not in its types: the version is pinned, and a test clicks and drags.
    Object.assign(this.#sigma, { getNodeAtPosition: (at: Place) => this.#nodeAt(at) })
    this.#layers(false)
    this.#listen(container)
    // A banner above, or the panel below, makes it smaller without the window.
    this.#sizes = new ResizeObserver(() => this.#sigma.refresh())
    this.#sizes.observe(container)
  }

  /** Layers with nothing on them cost as much as others where the processor lays them over each other. */
  #layers(hovers: boolean): void {
    const { edgeLabels, hovers: names, hoverNodes } = this.#sigma.getCanvases()
    if (edgeLabels) edgeLabels.style.display = 'none'
    for (const layer of [names, hoverNodes]) if (layer) layer.style.display = hovers ? '' : 'none'
  }

  #write(context: CanvasRenderingContext2D, x: number, y: number, size: number, label: string | null | undefined, hovered: boolean): void {
    const palette = this.#picture?.palette
    if (!label || !palette) return
    context.font = `${hovered ? 600 : 400} 12px ${FONT}`
    context.lineJoin = 'round'
    context.lineWidth = 4
    context.strokeStyle = palette['surface-0']
    context.fillStyle = palette['text-1']
    const left = x + size * 1.3 + 4
    context.strokeText(label, left, y + 4)
    context.fillText(label, left, y + 4)
  }

  #listen(container: HTMLElement): void {
    const sigma = this.#sigma
    sigma.on('enterNode', ({ node }) => {
      this.#hovered = node
      this.#layers(true)
      container.style.cursor = 'pointer'
    })
    sigma.on('leaveNode', () => {
      this.#hovered = undefined
      this.#layers(false)
      container.style.cursor = ''
    })
    sigma.on('clickNode', ({ node }) => this.#pick(this.#byId.get(node)))
    sigma.on('clickStage', ({ event }) => this.#events.onPick({ ...this.#linkAt(event) }))
    sigma.on('doubleClickNode', (payload) => payload.preventSigmaDefault())
    sigma.on('downNode', ({ node }) => {
      this.#dragged = node
    })
    sigma.on('moveBody', (payload) => {
      const id = this.#dragged
      if (id === undefined || !sigma.getGraph().hasNode(id) || this.#byId.get(id)?.isMember) return
      const { x, y } = sigma.viewportToGraph(payload.event)
      sigma.getGraph().mergeNodeAttributes(id, { x, y, isMoved: true })
      payload.preventSigmaDefault()
      payload.event.original.preventDefault()
    })
    const drop = () => {
      const id = this.#dragged
      this.#dragged = undefined
      if (id === undefined || !sigma.getGraph().hasNode(id)) return
      const { x, y, isMoved } = sigma.getGraph().getNodeAttributes(id) as Place & { isMoved?: boolean }
      if (isMoved) this.#events.onMove(id, { x, y })
    }
    sigma.on('upNode', drop)
    sigma.on('upStage', drop)
    container.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'touch') return
      const box = container.getBoundingClientRect()
      const at = { x: event.clientX - box.left, y: event.clientY - box.top }
      cancelAnimationFrame(this.#frame)
      // Between two frames nobody sees where the pointer was.
      this.#frame = requestAnimationFrame(() => this.#hover(event.buttons === 0 ? at : undefined))
    })
    container.addEventListener('pointerleave', () => {
      cancelAnimationFrame(this.#frame)
      this.#hover(undefined)
    })
  }

  #pick(node: Node | undefined): void {
    if (node) this.#events.onPick({ node })
  }

  #hover(at: Place | undefined): void {
    const node = this.#hovered === undefined ? undefined : this.#byId.get(this.#hovered)
    const under = at && (node ? { node } : this.#linkAt(at))
    this.#events.onHover(at && under && { ...under, at })
  }

  /** The node under a point of the window, the one on top if several are. */
  #nodeAt(point: Place): string | null {
    const sigma = this.#sigma
    const [at, aside] = [sigma.viewportToGraph(point), sigma.viewportToGraph({ x: point.x + 1, y: point.y })]
    const unit = Math.hypot(aside.x - at.x, aside.y - at.y)
    let found: string | null = null
    sigma.getGraph().forEachNode((id, { x, y, size }) => {
      const reach = Math.max(NEAR, sigma.scaleSize(size as number)) * unit
      if (Math.abs((x as number) - at.x) <= reach && Math.hypot((x as number) - at.x, (y as number) - at.y) <= reach) found = id
    })
    return found
  }

  /** The line that is nearest, if it is near. */
  #linkAt({ x, y }: Place): { link: Link } | undefined {
    let found: Link | undefined
    let nearest = NEAR
    const places = new Map<string, Place>()
    const at = (id: string): Place => {
      const known = places.get(id) ?? this.#sigma.graphToViewport(this.#sigma.getGraph().getNodeAttributes(id) as Place)
      places.set(id, known)
      return known
    }
    for (const link of this.#picture?.links ?? []) {
      if (link.one.id === link.other.id) continue
      const [from, to] = [at(link.one.id), at(link.other.id)]
      const [dx, dy] = [to.x - from.x, to.y - from.y]
      const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)))
      const distance = Math.hypot(x - from.x - along * dx, y - from.y - along * dy)
      if (distance >= nearest) continue
      nearest = distance
      found = link
    }
    return found && { link: found }
  }

  /** Draws it; the camera stays where it is. */
  show(picture: Picture): void {
    const { nodes, links, places, palette, selected } = picture
    this.#picture = picture
    this.#byId = new Map(nodes.map((node) => [node.id, node]))
    const chosen = links.find(({ id }) => id === selected.link)
    const near = new Set<string>(selected.node === undefined ? [] : [selected.node])
    for (const { one, other } of links) {
      if (one.id === selected.node) near.add(other.id)
      if (other.id === selected.node) near.add(one.id)
    }
    if (chosen) near.add(chosen.one.id).add(chosen.other.id)
    const isAlone = near.size > 0
    const loops = new Set(links.filter(({ one, other, look }) => one.id === other.id && look !== 'off').map(({ one }) => one.id))
    const graph = new Graph({ type: 'directed', multi: true })
    for (const node of nodes) {
      const place = places.get(node.id)
      if (!place) continue
      const isSelected = node.id === selected.node
      const look = nodeLook(node, { palette, many: nodes.length, loop: loops.has(node.id), dim: isAlone && !near.has(node.id), selected: isSelected })
      graph.addNode(node.id, { ...place, ...look, label: node.name, forceLabel: isSelected || (isAlone && near.size < 40 && near.has(node.id)) })
    }
    const thin = links.length > MANY_LINKS
    for (const link of links) {
      const { id, one, other } = link
      if (one.id === other.id || !graph.hasNode(one.id) || !graph.hasNode(other.id)) continue
      const isSelected = link === chosen || one.id === selected.node || other.id === selected.node
      graph.addEdgeWithKey(id, one.id, other.id, linkLook(link, { palette, thin, dim: isAlone && !isSelected, selected: link === chosen || (isSelected && thin) }))
    }
    this.#sigma.setSetting('hideEdgesOnMove', thin)
    this.#sigma.setSetting('hideLabelsOnMove', thin)
    this.#sigma.setGraph(graph)
  }

  /** What the whole window is at first; the camera is at home then. */
  frame(places: Places): void {
    this.#sigma.setCustomBBox(extentOf(places.values()))
    this.#sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 })
    this.#sigma.refresh()
  }

  #go(state: Partial<CameraState>): void {
    const camera = this.#sigma.getCamera()
    if (calm()) camera.setState(state)
    else void camera.animate(state, { duration: 150 })
  }

  /** The whole of what is there in the window. */
  fit(): void {
    const sigma = this.#sigma
    const shown = sigma.getGraph().nodes().flatMap((id) => sigma.getNodeDisplayData(id) ?? [])
    if (shown.length === 0) return
    const { x, y } = extentOf(shown.map((one) => sigma.framedGraphToViewport(one)))
    const { width, height } = sigma.getDimensions()
    const room = (side: number) => Math.max(1, side - 2 * PADDING)
    const larger = Math.max((x[1] - x[0]) / room(width), (y[1] - y[0]) / room(height))
    const middle = sigma.viewportToFramedGraph({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 })
    this.#go({ ...middle, ratio: Math.min(8, Math.max(0.02, sigma.getCamera().getState().ratio * larger)) })
  }

  zoom(by: number): void {
    const { ratio } = this.#sigma.getCamera().getState()
    this.#go({ ratio: Math.min(8, Math.max(0.02, ratio / by)) })
  }

  /** By so much of the window. */
  pan(x: number, y: number): void {
    const { x: left, y: top, ratio } = this.#sigma.getCamera().getState()
    this.#go({ x: left + x * ratio, y: top + y * ratio })
  }

  /** Brings a node to the middle of what the panel leaves free, near enough to read its name. */
  go(id: string): void {
    const data = this.#sigma.getNodeDisplayData(id)
    if (!data) return
    const now = this.#sigma.getCamera().getState().ratio
    const ratio = Math.min(now, (this.#picture?.nodes.length ?? 0) > 300 ? 0.25 : 0.7)
    const across = this.#sigma.viewportToFramedGraph({ x: PANEL / 2, y: 0 }).x - this.#sigma.viewportToFramedGraph({ x: 0, y: 0 }).x
    const aside = this.#sigma.getDimensions().width < PANEL_FROM ? 0 : (across * ratio) / now
    this.#go({ x: data.x + aside, y: data.y, ratio })
  }

  /** As it is on screen, on the theme's ground. */
  async png(): Promise<Blob | null> {
    const sigma = this.#sigma
    const { width, height } = sigma.getDimensions()
    const scale = window.devicePixelRatio || 1
    const sheet = document.createElement('canvas')
    sheet.width = width * scale
    sheet.height = height * scale
    const context = sheet.getContext('2d')
    if (!context) return null
    context.fillStyle = this.#picture?.palette['surface-0'] ?? 'white'
    context.fillRect(0, 0, sheet.width, sheet.height)
    // The browser empties a WebGL canvas once it has been shown: it is drawn anew, and copied before that.
    sigma.refresh()
    for (const layer of Object.values(sigma.getCanvases())) {
      if (layer.width > 0 && layer.height > 0) context.drawImage(layer, 0, 0, sheet.width, sheet.height)
    }
    return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'))
  }

  /** The same as shapes, which stay sharp. */
  svg(title: string): string {
    const sigma = this.#sigma
    const { palette } = this.#picture ?? {}
    const graph = sigma.getGraph()
    const named = sigma.getNodeDisplayedLabels()
    const nodes = new Map<string, SvgNode>()
    for (const id of graph.nodes()) {
      const data = sigma.getNodeDisplayData(id) as (NodeDisplayData & NodeLook) | undefined
      if (!data) continue
      const { size, form, share, loop, color, ring, ground, label } = data
      nodes.set(id, { ...sigma.framedGraphToViewport(data), radius: Math.max(1.5, sigma.scaleSize(size)), form, share, loop, color, ring, ground, name: label ?? id, isNamed: named.has(id) })
    }
    const lines = graph.edges().flatMap((id): SvgLine[] => {
      const data = sigma.getEdgeDisplayData(id) as (EdgeDisplayData & LinkDash) | undefined
      const [from, to] = [nodes.get(graph.source(id)), nodes.get(graph.target(id))]
      if (!data || !from || !to) return []
      const { type, size, dash, color } = data
      return [{ from, to, there: type === 'there' || type === 'both', back: type === 'back' || type === 'both', width: size, dash, color }]
    })
    return svgOf({ ...sigma.getDimensions(), title, ground: palette?.['surface-0'] ?? 'white', ink: palette?.['text-1'] ?? 'black', font: FONT, lines, nodes: [...nodes.values()] })
  }

  end(): void {
    cancelAnimationFrame(this.#frame)
    this.#sizes.disconnect()
    this.#sigma.kill()
  }
}
