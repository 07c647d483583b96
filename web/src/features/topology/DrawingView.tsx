import { getRouteApi } from '@tanstack/react-router'
import { Ellipsis, ImageDown, LayoutGrid, Spline } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useSession } from '@/api/client'
import { scopeOf } from '@/api/session'
import type { Topology } from '@/api/types'
import { announce } from '@/components/announcements'
import { FilterChip } from '@/components/FilterChip'
import { useListAddress } from '@/components/list/address'
import { FilterPicker } from '@/components/list/FilterPicker'
import { chosenWords } from '@/components/list/options'
import { Bone } from '@/components/Skeleton'
import { Button, IconButton } from '@/components/ui/Button'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import { AccountAge } from '@/components/WholeNetwork'
import { download } from '@/lib/download'
import { Drawing, type DrawingHandle } from './Drawing'
import { FindNode } from './FindNode'
import { linksOf, type Graph, type Node } from './graph'
import { LinkPanel, NodePanel } from './NodePanel'
import { texts } from './texts'
import { TopologyLead } from './TopologyBar'
import { TopologyNotes } from './TopologyNotes'
import type { TopologyState } from './useTopology'
import { usePlaces } from './usePlaces'

const route = getRouteApi('/frame/topology')

const LAYOUTS = [
  { value: 'reach', label: texts.bar.reach },
  { value: 'groups', label: texts.bar.groups },
  { value: 'kinds', label: texts.bar.kinds },
] as const

/** What the drawing is saved as. */
const PICTURES = { png: { type: 'image/png', name: 'PNG' }, svg: { type: 'image/svg+xml', name: 'SVG' } } as const

interface DrawingViewProps {
  state: TopologyState
  topology: Topology
  graph: Graph
  onFail: () => void
}

/** The network drawn, with what finds and narrows it, and what is known of the chosen node beside it. */
export default function DrawingView({ state: { definition, list, shown }, topology, graph, onFail }: DrawingViewProps) {
  const { layout = 'reach', group, node: nodeId, link: linkId } = route.useSearch()
  const address = useListAddress(definition)
  const of = `${scopeOf(useSession())}/${topology.accountId}`
  const drawing = useRef<DrawingHandle>(null)
  const [layingOut, setLayingOut] = useState(false)

  const all = useMemo(() => linksOf(graph.rows), [graph])
  const openedNode = group === undefined ? undefined : `group:${group}`
  const { places, laidOut, move, anew } = usePlaces({ graph, links: all, layout, of, group: openedNode })
  const rows = list.items
  const links = useMemo(() => linksOf(rows ?? []), [rows])
  const nodes = shown?.nodes ?? graph.nodes

  const node = nodeId === undefined ? undefined : graph.byId.get(nodeId)
  const link = linkId === undefined ? undefined : links.find(({ id }) => id === linkId)
  const choose = (change: { node?: string | undefined; link?: string | undefined }) => address.set({ node: change.node, link: change.link }, { replace: true })
  const go = (to: Node) => {
    choose({ node: to.id })
    drawing.current?.go(to.id)
  }
  const close = () => {
    choose({})
    drawing.current?.focus()
  }
  const save = async (kind: keyof typeof PICTURES) => {
    const picture = kind === 'png' ? await drawing.current?.png() : drawing.current?.svg()
    if (!picture) return
    const { type, name } = PICTURES[kind]
    download(`topology-${new Date().toISOString().slice(0, 10)}.${kind}`, type, [picture])
    announce(texts.bar.saved({ type: name }))
  }
  const picked = definition.filters ?? []

  return (
    <div className="flex flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2.5 md:px-5">
        <TopologyLead isTable={false} shown={topology} />
        <FindNode nodes={nodes} onFind={go} />
        {address.search !== '' && <FilterChip label={texts.bar.search} value={address.search} onRemove={() => address.set({ search: undefined })} />}
        {picked.map((filter) => {
          const values = address.filters[filter.id]
          return values && <FilterChip key={filter.id} label={filter.title} value={chosenWords(filter, values)} onRemove={() => address.set({ [filter.id]: undefined })} />
        })}
        <FilterPicker label={texts.bar.filter} filters={picked} address={address} counts={list.counts} />
        <div className="ml-auto flex items-center gap-1">
          <p className="text-13 text-text-3 max-sm:hidden">
            <span role="status">{texts.bar.counts({ nodes: nodes.length, lines: links.length })}</span>
            <AccountAge shown={topology} lead=", " className="" />
          </p>
          <Menu align="end" trigger={<IconButton label={texts.bar.menu} icon={Ellipsis} />}>
            <MenuHeading>{texts.bar.layout}</MenuHeading>
            <MenuChoice label={texts.bar.layout} value={layout} onChange={(value) => address.set({ layout: value === 'reach' ? undefined : value })} options={LAYOUTS} />
            <MenuItem
              icon={LayoutGrid}
              onSelect={() => {
                setLayingOut(true)
                void anew().finally(() => setLayingOut(false))
              }}
            >
              {texts.bar.anew}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={ImageDown} onSelect={() => void save('png')}>
              {texts.bar.png}
            </MenuItem>
            <MenuItem icon={Spline} onSelect={() => void save('svg')}>
              {texts.bar.svg}
            </MenuItem>
          </Menu>
        </div>
      </div>
      <div className="relative flex min-h-96 flex-1 flex-col max-sm:min-h-0">
        <div className="relative flex-1 max-sm:min-h-56">
          {places ? (
            <Drawing
              ref={drawing}
              nodes={nodes}
              links={links}
              places={places}
              laidOut={laidOut}
              opened={openedNode}
              selected={{ node: node?.id, link: link?.id }}
              label={texts.canvas.label({ account: topology.accountName, nodes: nodes.length, lines: links.length })}
              onPick={(under) => choose({ node: under.node?.id, link: under.link?.id })}
              onMove={move}
              onFail={onFail}
            />
          ) : (
            <Bone className="absolute inset-0 rounded-none" />
          )}
          {(!places || layingOut) && (
            <p role="status" className="absolute inset-x-0 top-1/2 text-center text-13 text-text-2">
              {texts.bar.layingOut}
            </p>
          )}
          <TopologyNotes topology={topology} className="absolute top-3 left-3 z-10 max-w-xl max-sm:right-3" />
          {nodes.length === 0 && (
            <div className="absolute inset-x-0 top-1/3 flex flex-col items-center gap-2 text-13 text-text-2">
              <p>{texts.bar.noNode}</p>
              <Button onClick={() => address.set({ ...Object.fromEntries(picked.map(({ id }) => [id, undefined])), search: undefined, offline: undefined })}>{texts.bar.clear}</Button>
            </div>
          )}
        </div>
        {node && (
          <NodePanel
            node={node}
            topology={topology}
            graph={graph}
            rows={graph.rows}
            isOpened={openedNode === node.id}
            onOpen={(key) => address.set({ group: key })}
            onGo={go}
            onClose={close}
          />
        )}
        {link && !node && <LinkPanel link={link} of={topology.accountId} onGo={go} onClose={close} />}
      </div>
    </div>
  )
}
