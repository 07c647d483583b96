import { getRouteApi, Link } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ImportedRule, RulesImport } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { SkeletonRows } from '@/components/Skeleton'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Checkbox, TextAreaField } from '@/components/ui/Field'
import { unsaved } from '@/components/unsaved'
import { useImportRules, useTryDocument, type ImportedDocument } from '@/queries/rules'
import { ImportPlan } from './ImportPlan'
import { didDo, doesNothing, lineAt, willDo } from './importWords'
import { texts } from './texts'

const route = getRouteApi('/frame/rules/import')

/** The API takes no more. */
const LARGEST = 256 * 1024

const EXAMPLE = `version: 1
rules:
  - name: Routing peer down
    conditionType: peer_offline
    conditionConfig:
      duration: 3
      groups: [routers]
    severity: critical
    channels: [Duty officers]`

/** Secrets that were made are shown one after the other, and never again. */
function Secrets({ rules, onDone }: { rules: readonly ImportedRule[]; onDone: () => void }) {
  const [place, setPlace] = useState(0)
  const rule = rules[place]
  if (!rule) return null
  return <SigningSecretDialog key={rule.name} whose={texts.secrets.webhook({ name: rule.name })} secret={rule.webhookSecret ?? ''} onClose={() => (place + 1 < rules.length ? setPlace(place + 1) : onDone())} />
}

interface ResultProps {
  tried: ReturnType<typeof useTryDocument>
  /** What was tried is not what stands there now. */
  isOld: boolean
  onLine: (line: number) => void
}

function Result({ tried, isOld, onLine }: ResultProps) {
  if (tried.isPending) {
    return (
      <div aria-busy="true">
        <p role="status" className="sr-only">
          {texts.rulesImportPage.checkingDocument}
        </p>
        <SkeletonRows rows={4} className="h-11" />
      </div>
    )
  }
  if (!tried.data) return <p className="px-4 py-3 text-13 text-text-2">{texts.rulesImportPage.checkDocumentFirstSee}</p>
  return (
    <>
      {isOld && (
        <p role="status" className="mx-4 mt-2 rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
          {texts.rulesImportPage.documentWasChangedSince}
        </p>
      )}
      <ImportPlan plan={tried.data} onLine={onLine} />
    </>
  )
}

export function RulesImportPage() {
  const navigate = route.useNavigate()
  const prune = route.useSearch().prune === '1'
  const [text, setText] = useState('')
  const [file, setFile] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const [made, setMade] = useState<readonly ImportedRule[]>([])
  const field = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const tried = useTryDocument()
  const apply = useImportRules()
  const now: ImportedDocument = { text, prune }
  const isOld = tried.variables !== undefined && (tried.variables.text !== text || tried.variables.prune !== prune)
  const plan = tried.data
  const isReady = plan !== undefined && !isOld && plan.errors.length === 0 && !doesNothing(plan)

  const write = (next: string, name?: string) => {
    setText(next)
    setFile(name)
    setWrong(undefined)
    apply.reset()
  }
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    if (chosen.size > LARGEST) setWrong(texts.rulesImportPage.fileTooLarge)
    else write(await chosen.text(), chosen.name)
  }
  const check = () => {
    if (tried.isPending) return
    if (text.trim() === '') setWrong(texts.rulesImportPage.pasteDocumentOrChoose)
    else if (new Blob([text]).size > LARGEST) setWrong(texts.rulesImportPage.documentTooLarge)
    else tried.mutate(now)
  }
  const toList = () => void navigate({ to: '/rules' })
  const done = (result: RulesImport) => {
    announce(didDo(result))
    const secret = [...result.created, ...result.changed].filter(({ webhookSecret }) => webhookSecret)
    if (secret.length > 0) setMade(secret)
    else toList()
  }
  const showLine = (line: number) => {
    const area = field.current?.querySelector('textarea')
    if (!area) return
    const { start, end } = lineAt(text, line)
    area.focus()
    area.setSelectionRange(start, end)
    // A browser scrolls to what is typed, not to what is selected.
    area.scrollTop = Math.max(0, (line - 3) * (area.scrollHeight / text.split('\n').length))
  }

  return (
    <form
      noValidate
      {...unsaved(text.trim() !== '' && !apply.isPending && !apply.isSuccess)}
      className="flex flex-col gap-4 lg:flex-row lg:items-start"
      onSubmit={(event) => {
        event.preventDefault()
        check()
      }}
    >
      <Card title={texts.rulesImportPage.title} note={file} className="lg:flex-1">
        <div className="flex flex-col gap-4 p-4 pt-2">
          <div ref={field}>
            <TextAreaField
              label={texts.rulesImportPage.rulesAsYamlOr}
              hint={texts.rulesImportPage.rulesAsYamlOrHint}
              rows={18}
              spellCheck={false}
              placeholder={EXAMPLE}
              className="*:[textarea]:font-mono *:[textarea]:text-12"
              value={text}
              error={wrong}
              onChange={(event) => write(event.target.value)}
              onDrop={(event) => {
                const [dropped] = event.dataTransfer.files
                if (!dropped) return
                event.preventDefault()
                void read(dropped)
              }}
            />
          </div>
          <Checkbox
            label={texts.rulesImportPage.deleteRulesDocumentDoes}
            hint={texts.rulesImportPage.deleteRulesDocumentDoesHint}
            checked={prune}
            onChange={(on) => void navigate({ search: on ? { prune: '1' } : {}, replace: true, resetScroll: false })}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant={isReady ? 'secondary' : 'primary'} busy={tried.isPending}>
              {texts.rulesImportPage.checkDocument}
            </Button>
            <Button icon={FileUp} onClick={() => picker.current?.click()}>
              {texts.rulesImportPage.chooseFile}
            </Button>
            <input
              ref={picker}
              type="file"
              aria-label={texts.rulesImportPage.fileWithRules}
              accept=".yaml,.yml,.json,application/yaml,application/json"
              tabIndex={-1}
              className="sr-only"
              onChange={(event) => {
                void read(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          </div>
        </div>
      </Card>
      <div className="flex min-w-0 flex-col gap-4 lg:flex-1">
        <RequestFailure error={tried.error} title={texts.rulesImportPage.failed} />
        <RequestFailure error={apply.error} title={texts.rulesImportPage.nothingWasImported} />
        <Card title={texts.rulesImportPage.whatWouldDo}>
          <div aria-live="polite">
            <Result tried={tried} isOld={isOld} onLine={showLine} />
          </div>
        </Card>
        <div className="flex flex-wrap items-center gap-3">
          {isReady && (
            <Button variant={plan.deleted.length > 0 ? 'danger' : 'primary'} busy={apply.isPending} onClick={() => apply.mutate(now, { onSuccess: done })}>
              {texts.rulesImportPage.import({ willDo: willDo(plan) })}
            </Button>
          )}
          <Link to="/rules" className={buttonClass()}>
            {texts.rulesImportPage.cancel}
          </Link>
        </div>
      </div>
      {made.length > 0 && <Secrets rules={made} onDone={toList} />}
    </form>
  )
}
