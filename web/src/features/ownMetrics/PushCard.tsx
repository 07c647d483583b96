import { Link } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import { useAccountsInView } from '@/components/accountFilter'
import { Card } from '@/components/ui/Card'
import { CopyButton } from '@/components/ui/CopyButton'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

/** A push as a script sends it; with several accounts it says of which. */
export function pushCommand(origin: string, accountId: string | undefined): string {
  const metric = { name: 'backup.age', value: 26.5, unit: 'h', tags: { host: 'db1' }, ...(accountId !== undefined && { accountId }) }
  return [`curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" ${origin}/api/metrics \\`, `  -d '${JSON.stringify({ metrics: [metric] })}'`].join('\n')
}

/** Of a token that may push. */
const SCOPE = 'metrics:write'

/** How a value is pushed. */
export function PushCard() {
  const accounts = useAccountsInView()
  const mayMakeTokens = useCan('tokens:write')
  const command = pushCommand(window.location.origin, accounts.length > 1 ? accounts[0]?.id : undefined)
  return (
    <Card title={texts.push.title} className="mt-4">
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4 text-13">
        <p className="text-text-2">
          {phrase(texts.push.how, {
            token: (words) =>
              mayMakeTokens ? (
                <Link to="/settings/tokens/new" className="text-accent-text underline underline-offset-2">
                  {words}
                </Link>
              ) : (
                words
              ),
            scope: <code className="font-mono text-12">{SCOPE}</code>,
          })}
        </p>
        <pre className="rounded-md border border-line bg-surface-0 px-3 py-2 font-mono text-12 whitespace-pre-wrap wrap-anywhere select-all">
          {command}
        </pre>
        <div>
          <CopyButton text={command} what={texts.push.command} />
        </div>
      </div>
    </Card>
  )
}
