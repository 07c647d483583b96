import clsx from 'clsx'

export const Bone = ({ className }: { className: string }) => <div className={clsx('skeleton', className)} />

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3', 'w-7/12']

/** Rows of a table that is still coming. */
export function SkeletonRows({ rows, className = 'row-h' }: { rows: number; className?: string }) {
  return (
    <div className="divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={clsx('flex items-center gap-4 px-4', className)}>
          <Bone className="h-3 w-24" />
          <Bone className={clsx('h-3', WIDTHS[index % WIDTHS.length])} />
        </div>
      ))}
    </div>
  )
}

/** A page about one thing: its state, its name, and what is known of it. */
export function PageSkeleton({ rows, className = 'h-11' }: { rows: number; className?: string }) {
  return (
    <>
      <Bone className="h-6 w-24" />
      <Bone className="mt-3 h-6 w-96 max-w-full" />
      <div className="mt-4 rounded-lg border border-line bg-surface-1">
        <SkeletonRows rows={rows} className={className} />
      </div>
    </>
  )
}
