import { Link } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import { useAccountsInView } from '@/components/accountFilter'
import { Card } from '@/components/ui/Card'
import { CopyButton } from '@/components/ui/CopyButton'

/** A push as a script sends it; with several accounts it says of which. */
export function pushCommand(origin: string, accountId: string | undefined): string {
  const metric = { name: 'backup.age', value: 26.5, unit: 'h', tags: { host: 'db1' }, ...(accountId !== undefined && { accountId }) }
  return [`curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" ${origin}/api/metrics \\`, `  -d '${JSON.stringify({ metrics: [metric] })}'`].join('\n')
}

/** How a value is pushed. */
export function PushCard() {
  const accounts = useAccountsInView()
  const mayMakeTokens = useCan('tokens:write')
  const command = pushCommand(window.location.origin, accounts.length > 1 ? accounts[0]?.id : undefined)
  return (
    <Card title="Push a value" className="mt-4">
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4 text-13">
        <p className="text-text-2">
          From cron or any script, with {mayMakeTokens ? <Link to="/settings/tokens/new" className="text-accent-text underline underline-offset-2">an API token</Link> : 'an API token'} whose scope is <code className="font-mono text-12">metrics:write</code>. Up to 100
          values at once; what comes twice in a minute is folded.
        </p>
        <pre className="rounded-md border border-line bg-surface-0 px-3 py-2 font-mono text-12 whitespace-pre-wrap wrap-anywhere select-all">
          {command}
        </pre>
        <div>
          <CopyButton text={command} what="command" />
        </div>
      </div>
    </Card>
  )
}
