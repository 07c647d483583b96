import { CircleCheck, CircleDashed, CircleX, Copy, Download, FileX, Hourglass, LoaderCircle, Trash2, type LucideIcon } from 'lucide-react'
import type { AuditExport } from '@/api/types'
import { announce } from '@/components/announcements'
import type { ListDefinition } from '@/components/list/definition'
import { Ago } from '@/components/Time'
import { Mark, type Tone } from '@/components/ui/Badge'
import { Button, IconButton } from '@/components/ui/Button'
import { fileSize } from '@/lib/fileSize'
import { named } from '@/lib/named'
import { UNKNOWN } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { isWritten } from '@/queries/auditExports'
import { entriesWords, filterWords, FORMATS } from './exportWords'
import { texts } from './texts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const LOOKS: Readonly<Record<AuditExport['state'], Look>> = {
  queued: { tone: 'info', icon: Hourglass, word: texts.exportStates.queued },
  running: { tone: 'info', icon: LoaderCircle, word: texts.exportStates.running },
  ready: { tone: 'ok', icon: CircleCheck, word: texts.exportStates.ready },
  failed: { tone: 'bad', icon: CircleX, word: texts.exportStates.failed },
  expired: { tone: 'muted', icon: FileX, word: texts.exportStates.expired },
}

/** One that only a newer server knows is called by its own name. */
const lookOf = (state: string): Look => named<Look>(LOOKS, state, (word) => ({ tone: 'muted', icon: CircleDashed, word }))

const formatOf = (format: string): string => named(FORMATS, format, () => format)

/** What there is of a file: while it is written, that much of it. */
const sizeOf = ({ state, bytes }: AuditExport): string => (state === 'running' || state === 'ready' ? fileSize(bytes) : UNKNOWN)

/** What a file is checked by, why there is none, or since when. */
function Detail({ one }: { one: AuditExport }) {
  if (one.state === 'failed') return <p className="text-13 wrap-anywhere text-bad-text">{texts.exportDetail.failed({ why: one.failure ?? undefined })}</p>
  if (one.state === 'expired') {
    return (
      <p className="text-13 text-text-3">
        {phrase(texts.exportDetail.deleted, { when: <Ago at={one.expiresAt} /> })}
      </p>
    )
  }
  const { sha256 } = one
  if (one.state !== 'ready' || sha256 == null) return null
  const copy = () =>
    void navigator.clipboard.writeText(sha256).then(
      () => announce(texts.exportDetail.copied),
      () => announce(texts.exportDetail.notCopied),
    )
  return (
    <div className="relative z-10 flex items-center gap-1 text-12 text-text-3">
      <span className="min-w-0">
        {phrase(texts.exportDetail.sha256, { sha256: <span className="font-mono wrap-anywhere text-text-2">{sha256}</span> })}
      </span>
      <IconButton icon={Copy} label={texts.exportDetail.copy({ fileName: one.fileName })} onClick={copy} />
    </div>
  )
}

interface Acts {
  nameOf: (id: string) => string | undefined
  /** The one whose link is asked for. */
  opening: string | undefined
  onDownload: (one: AuditExport) => void
  onDelete: (one: AuditExport) => void
}

export const exportList = ({ nameOf, opening, onDownload, onDelete }: Acts): ListDefinition<AuditExport> => ({
  id: 'audit-exports',
  label: texts.exportList.label,
  one: texts.exportList.one,
  ownHeights: true,
  nameLines: 2,
  idOf: ({ id }) => id,
  name: {
    id: 'what',
    title: texts.exportList.what,
    letters: 28,
    fewest: 24,
    text: ({ filter }) => filterWords(filter, nameOf),
    cell: ({ filter }) => <span className="font-semibold">{filterWords(filter, nameOf)}</span>,
    below: (one) => `${one.fileName} · ${formatOf(one.format)}`,
  },
  columns: [
    {
      id: 'state',
      title: texts.exportList.state,
      width: 140,
      priority: 10,
      leads: true,
      card: 'beside',
      text: ({ state }) => lookOf(state).word,
      cell: ({ state }) => {
        const { word, ...look } = lookOf(state)
        return <Mark {...look}>{word}</Mark>
      },
    },
    { id: 'count', title: texts.exportList.entries, width: 140, priority: 9, card: 'below', labelled: true, text: ({ entries }) => String(entries), cell: (one) => <span className="tabular-nums">{entriesWords(one)}</span> },
    { id: 'size', title: texts.exportList.size, width: 84, priority: 7, card: 'below', text: ({ bytes }) => String(bytes), cell: (one) => <span className="text-text-2 tabular-nums">{sizeOf(one)}</span> },
    { id: 'by', title: texts.exportList.by, width: 130, priority: 6, card: 'below', labelled: true, text: ({ createdBy }) => createdBy.name, cell: ({ createdBy }) => <span className="truncate text-text-3" title={createdBy.name}>{createdBy.name}</span> },
    { id: 'created', title: texts.exportList.started, width: 108, priority: 5, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-text-3" /> },
    { id: 'expires', title: texts.exportList.deleted, width: 96, priority: 8, card: 'below', labelled: true, text: ({ expiresAt }) => expiresAt, cell: ({ state, expiresAt }) => (state === 'failed' ? <span className="text-text-3">{UNKNOWN}</span> : <Ago at={expiresAt} className="text-text-3" />) },
  ],
  savedElsewhere: true,
  detail: (one) => <Detail one={one} />,
  actions: {
    width: 170,
    card: 'below',
    cell: (one) => (
      <>
        {one.state === 'ready' && (
          <Button icon={Download} busy={opening === one.id} aria-label={texts.exportList.downloadOf({ fileName: one.fileName })} onClick={() => onDownload(one)}>
            {texts.exportList.download}
          </Button>
        )}
        <IconButton icon={Trash2} label={isWritten(one) ? texts.exportList.deleteOf(one) : texts.exportList.stopOf(one)} onClick={() => onDelete(one)} />
      </>
    ),
  },
})
