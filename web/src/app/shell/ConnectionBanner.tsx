import { CloudOff } from 'lucide-react'
import { useConnection } from '@/api/connection'
import { Clock } from '@/components/Time'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

/** Says that nothing is heard of the server, and since when. What is on screen is from before. */
export function ConnectionBanner() {
  const { lostAt } = useConnection()
  return (
    <div role="status">
      {lostAt !== null && (
        <p className="flex items-start gap-2 border-b border-line bg-surface-3 px-3 py-2 text-13 text-text-1 md:px-5">
          <CloudOff aria-hidden className="mt-px size-4 shrink-0 text-text-2" />
          <span>
            {phrase(texts.connectionBanner, {
              strong: (words) => <strong className="font-semibold">{words}</strong>,
              quiet: (words) => <span className="text-text-2">{words}</span>,
              when: <Clock at={new Date(lostAt).toISOString()} />,
            })}
          </span>
        </p>
      )}
    </div>
  )
}
