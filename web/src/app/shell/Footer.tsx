import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { useConnection } from '@/api/connection'
import { Mark } from '@/components/ui/Badge'
import { healthQuery } from '@/queries/host'

const LINK = 'hover:text-text-1 hover:underline'

export function Footer() {
  const health = useQuery(healthQuery)
  const connected = useConnection().lostAt === null
  return (
    <footer className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-3 text-12 text-text-3 md:px-5">
      <span>NetBird platform {health.data?.version}</span>
      <a href="/api/docs" className={LINK}>
        Docs
      </a>
      <a href="/api/openapi.json" className={LINK}>
        API
      </a>
      <a href="/api/health" className={LINK}>
        {!connected || health.isError ? (
          <Mark tone="muted" icon={CircleAlert}>
            API does not answer
          </Mark>
        ) : health.data ? (
          <Mark tone="ok" icon={CircleCheck}>
            API works
          </Mark>
        ) : (
          <Mark tone="muted" icon={CircleDashed}>
            API status unknown
          </Mark>
        )}
      </a>
    </footer>
  )
}
