import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { useConnection } from '@/api/connection'
import { Mark } from '@/components/ui/Badge'
import { healthQuery } from '@/queries/host'
import { texts } from './texts'

const LINK = 'hover:text-text-1 hover:underline'

export function Footer() {
  const health = useQuery(healthQuery)
  const connected = useConnection().lostAt === null
  return (
    <footer className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-3 text-12 text-text-3 md:px-5">
      <span>{texts.footer.platform({ version: health.data?.version ?? '' })}</span>
      <a href="/api/docs" className={LINK}>
        {texts.footer.docs}
      </a>
      <a href="/api/openapi.json" className={LINK}>
        {texts.footer.api}
      </a>
      <a href="/api/health" className={LINK}>
        {!connected || health.isError ? (
          <Mark tone="muted" icon={CircleAlert}>
            {texts.footer.apiDoesNotAnswer}
          </Mark>
        ) : health.data ? (
          <Mark tone="ok" icon={CircleCheck}>
            {texts.footer.apiWorks}
          </Mark>
        ) : (
          <Mark tone="muted" icon={CircleDashed}>
            {texts.footer.apiStatusUnknown}
          </Mark>
        )}
      </a>
    </footer>
  )
}
