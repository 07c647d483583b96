import { Bone, SkeletonRows } from '@/components/Skeleton'

const BOX = 'overflow-hidden rounded-lg border border-line bg-surface-1'

export function HistorySkeleton() {
  return (
    <div aria-hidden className="grid gap-4 xl:grid-cols-3">
      <div className={`${BOX} h-122 p-4 xl:col-span-2`}>
        <Bone className="h-3 w-32" />
      </div>
      <div className={BOX}>
        <SkeletonRows rows={9} />
      </div>
    </div>
  )
}

export function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className={`${BOX} h-40 p-4`}>
        <Bone className="h-3 w-40" />
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        {Array.from({ length: 5 }, (_, index) => (
          <div key={index} className={`${BOX} h-25 p-4 first:col-span-2`}>
            <Bone className="h-3 w-20" />
            <Bone className="mt-3 h-6 w-16" />
          </div>
        ))}
      </div>
      <HistorySkeleton />
      <div className={`${BOX} h-36 p-4`}>
        <Bone className="h-3 w-32" />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className={BOX}>
          <SkeletonRows rows={4} />
        </div>
        <div className={BOX}>
          <SkeletonRows rows={4} />
        </div>
      </div>
    </div>
  )
}
