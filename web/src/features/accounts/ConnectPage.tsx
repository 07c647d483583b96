import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Plug } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { Account, ConnectionTest, NewAccount, TestConnection } from '@/api/types'
import { announce } from '@/components/announcements'
import type { FieldErrors } from '@/components/formErrors'
import { NotAllowed } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/Button'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { isWebAddress } from '@/lib/addresses'
import { useConnectAccount, useTestConnection } from '@/queries/accounts'
import { ConnectionFailure } from './ConnectionFailure'
import { IntervalField } from './IntervalField'
import { texts } from './texts'
import { TokenSteps } from './TokenSteps'

const CLOUD_API = 'https://api.netbird.io'
const EACH_MINUTE = 60

interface Draft {
  cloud: boolean
  baseUrl: string
  apiToken: string
  name: string
  syncIntervalSeconds: number
}

function validateConnection(draft: Draft): FieldErrors {
  return {
    ...(!draft.cloud && !isWebAddress(draft.baseUrl.trim()) && { '/baseUrl': texts.enterAddress }),
    ...(draft.apiToken.trim() === '' && { '/apiToken': texts.connect.pasteToken }),
  }
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-4 rounded-lg border border-line bg-surface-1 p-4">
      <span aria-hidden className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-12 font-semibold max-sm:hidden">
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="text-14 leading-6 font-semibold">{title}</h2>
        <div className="mt-2">{children}</div>
      </div>
    </li>
  )
}

function ConnectionWorks({ test }: { test: ConnectionTest }) {
  return (
    <p role="status" className="flex items-start gap-2 rounded-md bg-ok-soft px-3 py-2 text-13 text-ok-text">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{texts.connect.works({ domain: test.domain || undefined, peers: test.peers, version: test.serverVersion || undefined })}</span>
    </p>
  )
}

function WhereFields({ draft, errors, change }: { draft: Draft; errors: FieldErrors; change: (part: Partial<Draft>) => void }) {
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1">
        <legend className="sr-only">{texts.connect.where}</legend>
        {[
          { cloud: true, label: texts.connect.cloud },
          { cloud: false, label: texts.connect.own },
        ].map((option) => (
          <label key={option.label} className="flex min-h-6 cursor-pointer items-center gap-2 text-14 touch:min-h-11">
            <input type="radio" name="where" className="size-4 accent-accent" checked={draft.cloud === option.cloud} onChange={() => change({ cloud: option.cloud })} />
            {option.label}
          </label>
        ))}
      </fieldset>
      {!draft.cloud && (
        <TextField
          label={texts.address}
          type="url"
          inputMode="url"
          placeholder={texts.connect.addressExample}
          value={draft.baseUrl}
          error={errors['/baseUrl']}
          onChange={(event) => change({ baseUrl: event.target.value })}
        />
      )}
    </div>
  )
}

const NOTHING: Draft = { cloud: true, baseUrl: '', apiToken: '', name: '', syncIntervalSeconds: EACH_MINUTE }

const connectionOf = ({ cloud, baseUrl, apiToken }: Draft): TestConnection => ({ baseUrl: cloud ? CLOUD_API : baseUrl.trim(), apiToken: apiToken.trim() })

function ConnectForm() {
  const element = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const test = useTestConnection()
  const connect = useConnectAccount()
  const { draft, change, check, errors, text, form } = useForm<Draft, NewAccount, Account>({
    initial: NOTHING,
    validate: (now) => ({ ...validateConnection(now), ...(now.name.trim() === '' && { '/name': texts.nameIt }) }),
    mutation: connect,
    besides: test,
    request: (now) => ({ name: now.name.trim(), ...connectionOf(now), syncIntervalSeconds: now.syncIntervalSeconds }),
    onSuccess: (_, { name }) => {
      announce(texts.connect.connected({ name: name.trim() }))
      void navigate({ to: '/settings/accounts' })
    },
  })
  const failure = connect.error ?? test.error
  // What was found out was found out of another connection than the one that is typed now.
  const changeConnection = (part: Partial<Draft>) => {
    change(part)
    test.reset()
    connect.reset()
  }
  const onTest = () => {
    if (!element.current || !check(validateConnection(draft), element.current)) return
    connect.reset()
    test.mutate(connectionOf(draft))
  }

  return (
    <form ref={element} {...form} className="mx-auto max-w-2xl">
      <ol className="flex flex-col gap-3">
        <Step number={1} title={texts.connect.where}>
          <WhereFields draft={draft} errors={errors} change={changeConnection} />
        </Step>
        <Step number={2} title={texts.connect.createToken}>
          <TokenSteps cloud={draft.cloud} />
        </Step>
        <Step number={3} title={texts.connect.pasteAndTest}>
          <div className="flex flex-col gap-3">
            <PasswordField
              label={texts.connect.tokenLabel}
              autoComplete="off"
              spellCheck={false}
              placeholder={texts.token}
              hint={texts.connect.tokenHint}
              {...text('apiToken')}
              onChange={(event) => changeConnection({ apiToken: event.target.value })}
            />
            {failure && <ConnectionFailure error={failure} />}
            {test.data && <ConnectionWorks test={test.data} />}
            <div>
              <Button icon={Plug} busy={test.isPending} onClick={onTest}>
                {texts.connect.test}
              </Button>
            </div>
          </div>
        </Step>
        <Step number={4} title={texts.connect.nameStep}>
          <div className="flex flex-col gap-3">
            <TextField
              label={texts.name}
              maxLength={limits.NewAccount.name.maxLength}
              placeholder={test.data?.domain ?? texts.connect.nameExample}
              hint={texts.connect.nameHint}
              {...text('name')}
            />
            <IntervalField seconds={draft.syncIntervalSeconds} error={errors['/syncIntervalSeconds']} onChange={(syncIntervalSeconds) => change({ syncIntervalSeconds })} />
          </div>
        </Step>
      </ol>
      <div className="mt-4 flex justify-end gap-2">
        <Link to="/settings/accounts" className={buttonClass()}>
          {texts.cancel}
        </Link>
        <Button type="submit" variant="primary" busy={connect.isPending}>
          {connect.isPending ? texts.connect.trying : texts.connect.connect}
        </Button>
      </div>
    </form>
  )
}

export function ConnectPage() {
  return useCan('accounts:write') ? <ConnectForm /> : <NotAllowed what={texts.connect.what} permission="accounts:write" />
}
