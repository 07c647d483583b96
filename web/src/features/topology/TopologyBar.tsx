import { getRouteApi } from '@tanstack/react-router'
import clsx from 'clsx'
import { Eye, EyeOff } from 'lucide-react'
import { OnWhat } from '@/components/OnWhat'
import { Tabs } from '@/components/ui/Tabs'
import { AccountChoice } from '@/components/WholeNetwork'
import { useChange } from './address'
import { texts } from './texts'

const route = getRouteApi('/frame/topology')

/** What of the address is of one account alone. */
const OF_ACCOUNT = { group: undefined, node: undefined, link: undefined }

interface TopologyLeadProps {
  isTable: boolean
  shown: { accountId: string; accountName: string } | undefined
}

/** What stands before the filters of both views. */
export function TopologyLead({ isTable, shown }: TopologyLeadProps) {
  const { offline, protocol, port } = route.useSearch()
  const change = useChange()
  const hides = offline === 'hidden'
  return (
    <>
      <Tabs
        label={texts.bar.view}
        tabs={[
          { label: texts.bar.drawing, isCurrent: !isTable, change: { view: 'drawing', search: undefined, sort: undefined } },
          { label: texts.bar.table, isCurrent: isTable, change: { view: 'table' } },
        ]}
      />
      <div role="group" aria-label={texts.bar.service} className="flex flex-wrap items-center gap-2">
        <OnWhat {...{ protocol, port }} onChange={change} />
      </div>
      {shown && <AccountChoice shown={shown} also={OF_ACCOUNT} />}
      <button
        type="button"
        aria-pressed={hides}
        className={clsx(
          'inline-flex h-8 items-center gap-2 rounded-md border px-3 text-13 whitespace-nowrap touch:h-11',
          hides ? 'border-transparent bg-accent-soft text-accent-text' : 'border-line bg-surface-1 hover:border-line-strong hover:bg-surface-2',
        )}
        onClick={() => change({ offline: hides ? undefined : 'hidden' }, { replace: true })}
      >
        {hides ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
        {texts.bar.hideOffline}
      </button>
    </>
  )
}
