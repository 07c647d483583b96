import { ExternalLink } from 'lucide-react'

const CLOUD_DASHBOARD = 'https://app.netbird.io/team/service-users'

/** The clicks in NetBird's dashboard that make a token which can read everything and change nothing. */
export function TokenSteps({ cloud }: { cloud: boolean }) {
  return (
    <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-13 marker:text-text-3">
      <li>
        Open {cloud ? <Outward href={CLOUD_DASHBOARD}>the NetBird dashboard</Outward> : 'the dashboard of your NetBird server'} as an owner or admin.
      </li>
      <li>
        In the sidebar choose <b>Team</b>, then <b>Service Users</b>.
      </li>
      <li>
        Press <b>Create Service User</b>, enter the name <kbd className="font-mono text-12">netbird-platform</kbd>, choose the role <b>Auditor</b>, and
        confirm.
      </li>
      <li>
        Click the new user in the list; under <b>Access Tokens</b> press <b>Create Access Token</b>.
      </li>
      <li>
        Enter a name and let it expire in <b>365</b> days, the most NetBird allows. Press <b>Create Token</b>.
      </li>
      <li>Copy the token, which starts with nbp_. NetBird shows it only now.</li>
    </ol>
  )
}

function Outward({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="inline-flex items-center gap-1 text-accent-text underline underline-offset-2">
      {children}
      <ExternalLink role="img" aria-label="opens in a new tab" className="size-3" />
    </a>
  )
}
