import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

const CLOUD_DASHBOARD = 'https://app.netbird.io/team/service-users'

/** What the user is called in NetBird whose token it is. */
const NAME = 'netbird-platform'

const bold = (words: ReactNode) => <b>{words}</b>

/** The clicks in NetBird's dashboard that make a token which can read everything and change nothing. */
export function TokenSteps({ cloud }: { cloud: boolean }) {
  return (
    <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-13 marker:text-text-3">
      <li>{cloud ? phrase(texts.steps.openCloud, { link: (words) => <Outward href={CLOUD_DASHBOARD}>{words}</Outward> }) : texts.steps.openOwn}</li>
      <li>{phrase(texts.steps.users, { b: bold })}</li>
      <li>{phrase(texts.steps.create, { b: bold, name: <kbd className="font-mono text-12">{NAME}</kbd> })}</li>
      <li>{phrase(texts.steps.token, { b: bold })}</li>
      <li>{phrase(texts.steps.expiry, { b: bold })}</li>
      <li>{texts.steps.copy}</li>
    </ol>
  )
}

function Outward({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="inline-flex items-center gap-1 text-accent-text underline underline-offset-2">
      {children}
      <ExternalLink role="img" aria-label={texts.steps.newTab} className="size-3" />
    </a>
  )
}
