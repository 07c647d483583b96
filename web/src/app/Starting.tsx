import { Bone } from '@/components/Skeleton'
import { splitTenant } from '@/lib/tenantAddress'
import { isEntrance } from './tenants'
import { texts } from './texts'

const CARD = 'rounded-xl border border-line bg-surface-1 p-6'

/** Where the card of the pages before the frame will be. */
function EntranceOutline() {
  return (
    <div aria-hidden className="flex flex-1 flex-col items-center px-4 py-12 sm:pt-[14vh]">
      <div className="flex w-full max-w-sm flex-col">
        <Bone className="mx-auto mb-6 h-6.5 w-40" />
        <div className={CARD}>
          <Bone className="h-7 w-1/2" />
          <Bone className="mt-7 h-9" />
          <Bone className="mt-5 h-9" />
        </div>
      </div>
    </div>
  )
}

function FrameOutline() {
  return (
    <>
      <div aria-hidden className="hidden w-58 shrink-0 border-r border-line bg-surface-1 md:block" />
      <div aria-hidden className="h-13 flex-1 border-b border-line bg-surface-1" />
    </>
  )
}

/** The outline of what comes while it is found out who is here, so that no page comes out of nothing. */
export function Starting({ pathname }: { pathname: string }) {
  return (
    <div className="fixed inset-0 z-40 flex bg-surface-0" aria-busy="true">
      <p className="sr-only" role="status">
        {texts.page.starting}
      </p>
      {isEntrance(splitTenant(pathname).path) ? <EntranceOutline /> : <FrameOutline />}
    </div>
  )
}
