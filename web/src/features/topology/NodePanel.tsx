import { ArrowRight, X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Topology, TopologyPeer } from '@/api/types'
import { ItemLink } from '@/components/items/ItemLink'
import { isItemKind } from '@/components/items/kinds'
import { PeerMark } from '@/components/status'
import { Button, buttonClass, IconButton } from '@/components/ui/Button'
import { UNKNOWN } from '@/lib/numbers'
import type { Graph, Link, Node, Row } from './graph'
import { rowsAt } from './narrow'
import { CONDITION_WORDS, KIND_WORDS, sentenceOf } from './sentences'
import { texts } from './texts'

/** More are in the table. */
const SHOWN = 30

interface PanelProps {
  title: string
  kind: string
  onClose: () => void
  children: ReactNode
}

/**
 * Beside the drawing, which goes on; below it on a phone. It counts as see-through: Chromium without a graphics card leaves
 * parts of a WebGL canvas empty around an opaque layer that scrolls.
 */
function Panel({ title, kind, onClose, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // From the drawing one comes by pointer, from the table and the search by keys: what was chosen is read out.
    if (document.activeElement?.closest('[role=application]') === null) heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as the button does
    <aside
      aria-label={texts.panel.about({ title })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      className="z-10 flex flex-col overflow-y-auto border-line bg-surface-1 max-sm:max-h-[40dvh] max-sm:shrink-0 max-sm:border-t sm:absolute sm:top-3 sm:right-3 sm:max-h-[calc(100%-9rem)] sm:opacity-[0.999] sm:w-80 sm:rounded-lg sm:border sm:shadow-[0_8px_24px_var(--shadow-color)]"
    >
      <div className="sticky top-0 flex items-start gap-2 border-b border-line bg-surface-1 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 py-0.5">
          <h2 ref={heading} tabIndex={-1} className="text-14 font-semibold wrap-anywhere outline-none">
            {title}
          </h2>
          <p className="text-12 text-text-3">{kind}</p>
        </div>
        <IconButton label={texts.panel.close} icon={X} onClick={onClose} />
      </div>
      <div className="flex flex-col gap-4 p-4 text-13">{children}</div>
    </aside>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="grid grid-cols-[6rem_1fr] gap-2">
    <dt className="text-text-3">{label}</dt>
    <dd className="wrap-anywhere">{children === '' ? UNKNOWN : children}</dd>
  </div>
)

const peerOf = (topology: Topology, node: Node): TopologyPeer | undefined => topology.peers.find(({ id }) => id === node.id)

/** Of nodes that stand for a thing with a page of its own. */
const PAGES: Partial<Record<Node['kind'], string>> = texts.panel.pages

function PageLink({ node, of }: { node: Node; of: string }) {
  const title = PAGES[node.kind]
  if (title === undefined || !isItemKind(node.kind)) return null
  return (
    <ItemLink kind={node.kind} id={node.key} of={of} className={buttonClass()}>
      {title}
      <ArrowRight aria-hidden className="size-4" />
    </ItemLink>
  )
}

function Facts({ node, topology, graph }: { node: Node; topology: Topology; graph: Graph }) {
  const peer = peerOf(topology, node)
  const nameOf = (id: string) => graph.byId.get(id)?.name ?? id.slice(id.indexOf(':') + 1)
  if (node.kind === 'group') {
    const { online, offline, unconfirmed } = node.peers
    return (
      <dl className="flex flex-col gap-1.5">
        <Fact label={texts.panel.peers}>{texts.panel.peerCount({ count: online + offline + unconfirmed })}</Fact>
        <Fact label={texts.conditions.online}>{online}</Fact>
        <Fact label={texts.conditions.offline}>{offline}</Fact>
        <Fact label={texts.conditions.unconfirmed}>{unconfirmed}</Fact>
        <Fact label={texts.panel.resources}>{topology.groups.find(({ id }) => id === node.id)?.resources ?? UNKNOWN}</Fact>
      </dl>
    )
  }
  return (
    <dl className="flex flex-col gap-1.5">
      {peer ? (
        <>
          <Fact label={texts.panel.status}>
            <PeerMark peer={{ status: peer.status, loginExpired: false, approvalRequired: false }} />
          </Fact>
          <Fact label={texts.panel.ip}>{peer.ip}</Fact>
          <Fact label={texts.panel.groups}>{peer.groups.map(nameOf).join(', ')}</Fact>
        </>
      ) : (
        <>
          {node.condition !== 'none' && <Fact label={node.kind === 'resource' ? texts.panel.state : texts.panel.status}>{CONDITION_WORDS[node.condition]}</Fact>}
          <Fact label={node.kind === 'resource' ? texts.panel.address : texts.panel.what}>{node.about}</Fact>
        </>
      )}
    </dl>
  )
}

interface SentencesProps {
  title: string
  rows: readonly Row[]
  /** The account that they are of. */
  of: string
  node?: Node
  onGo: (node: Node) => void
}

function Sentences({ title, rows, of, node, onGo }: SentencesProps) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 text-12 font-semibold text-text-3">{title}</h3>
      <ul className="flex flex-col gap-2">
        {rows.slice(0, SHOWN).map((row) => {
          const other = node && (row.from.id === node.id ? row.to : row.from)
          return (
            <li key={row.id}>
              <p className={row.isOn ? 'wrap-anywhere' : 'text-text-3 wrap-anywhere'}>{sentenceOf(row)}</p>
              <p className="flex flex-wrap gap-x-3 text-12">
                {row.edge && (
                  <ItemLink kind="policy" id={row.edge.policyId} of={of} className="text-accent-text hover:underline touch:py-2">
                    {texts.panel.policy({ policy: row.edge.policyName })}
                  </ItemLink>
                )}
                {other && other.id !== node.id && (
                  <button type="button" className="text-accent-text hover:underline touch:py-2" onClick={() => onGo(other)}>
                    {texts.panel.goTo(other)}
                  </button>
                )}
              </p>
            </li>
          )
        })}
      </ul>
      {rows.length > SHOWN && <p className="mt-1 text-12 text-text-3">{texts.panel.more({ count: rows.length - SHOWN })}</p>}
    </section>
  )
}

interface NodePanelProps {
  node: Node
  topology: Topology
  graph: Graph
  rows: readonly Row[]
  isOpened: boolean
  onOpen: (key: string | undefined) => void
  onGo: (node: Node) => void
  onClose: () => void
}

export function NodePanel({ node, topology, graph, rows, isOpened, onOpen, onGo, onClose }: NodePanelProps) {
  const own = rowsAt(rows, node.id)
  const rules = own.filter(({ says }) => says !== 'part')
  const count = node.peers.online + node.peers.offline + node.peers.unconfirmed
  const from = rules.filter((row) => row.from.id === node.id)
  const to = rules.filter((row) => row.from.id !== node.id)
  return (
    <Panel title={node.name} kind={KIND_WORDS[node.kind].one} onClose={onClose}>
      <Facts node={node} topology={topology} graph={graph} />
      <div className="flex flex-wrap gap-2">
        <PageLink node={node} of={topology.accountId} />
        {node.kind === 'group' && count > 0 && (
          <Button variant={isOpened ? 'secondary' : 'primary'} onClick={() => onOpen(isOpened ? undefined : node.key)}>
            {isOpened ? texts.panel.hidePeers : texts.panel.showPeers({ count })}
          </Button>
        )}
      </div>
      <Sentences title={texts.panel.from} rows={from} of={topology.accountId} node={node} onGo={onGo} />
      <Sentences title={texts.panel.to} rows={to} of={topology.accountId} node={node} onGo={onGo} />
      <Sentences title={texts.panel.inNetwork} rows={own.filter(({ says }) => says === 'part')} of={topology.accountId} node={node} onGo={onGo} />
      {own.length === 0 && <p className="text-text-3">{texts.panel.noPolicy}</p>}
    </Panel>
  )
}

export function LinkPanel({ link: { one, other, rows }, of, onGo, onClose }: { link: Link; of: string; onGo: (node: Node) => void; onClose: () => void }) {
  return (
    <Panel title={texts.panel.pair({ one: one.name, other: other.name })} kind={texts.panel.pair({ one: KIND_WORDS[one.kind].one, other: KIND_WORDS[other.kind].one.toLowerCase() })} onClose={onClose}>
      <Sentences title={texts.panel.between} rows={rows} of={of} onGo={onGo} />
      <div className="flex flex-wrap gap-2">
        {[one, other].map((node) => (
          <Button key={node.id} onClick={() => onGo(node)}>
            <span className="max-w-56 truncate">{texts.panel.goTo(node)}</span>
          </Button>
        ))}
      </div>
    </Panel>
  )
}
