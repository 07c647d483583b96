import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Mail } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded } from '@/components/states'
import { Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { isOurs } from '@/lib/addresses'
import { keptMailQuery, useKeptMails, type KeptMail } from '@/queries/host'
import { linksIn, parseMail } from './parseMail'
import { texts } from './texts'

const route = getRouteApi('/frame/settings/mail')

function Message({ source }: { source: string }) {
  const mail = useMemo(() => parseMail(source), [source])
  const [asText, setAsText] = useState(false)
  const html = asText ? undefined : mail.html
  // The sandbox below follows no link, so they are here.
  const links = linksIn(mail.text ?? '')
  return (
    <article aria-label={mail.subject}>
      <header className="flex flex-wrap items-start gap-2 border-b border-line p-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-16 font-semibold">{mail.subject}</h2>
          <p className="mt-0.5 text-13 break-words text-text-3">
            {texts.message.to({ from: mail.from, to: mail.to, date: mail.date })}
          </p>
        </div>
        {mail.html && mail.text && <Button onClick={() => setAsText(!asText)}>{asText ? texts.message.showAsHtml : texts.message.showAsText}</Button>}
      </header>
      {links.length > 0 && (
        <ul aria-label={texts.message.links} className="flex flex-col gap-1 border-b border-line px-4 py-2 text-13">
          {links.map((link) => (
            <li key={link}>
              {/* Names of tenants and peers are in it too: what they spell leads nowhere. */}
              {isOurs(link) ? (
                <a href={link} rel="noopener noreferrer" className="break-all text-accent-text hover:underline">
                  {link}
                </a>
              ) : (
                <span className="break-all text-text-3">{link}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {html ? (
        // The sandbox lets the message run nothing and reach nothing.
        <iframe title={mail.subject} sandbox="" srcDoc={html} className="block h-[60vh] w-full rounded-b-lg bg-[#ffffff]" />
      ) : (
        <pre className="p-4 font-sans text-14 break-words whitespace-pre-wrap">{mail.text}</pre>
      )}
    </article>
  )
}

const MAILS: ListDefinition<KeptMail> = {
  id: 'mail',
  label: texts.list.label,
  one: texts.list.one,
  idOf: ({ file }) => file,
  name: {
    id: 'subject',
    title: texts.list.subject,
    letters: 20,
    sort: 'subject',
    by: ({ subject }) => subject,
    text: ({ subject }) => subject,
    cell: ({ file, subject }) => (
      <Link from="/settings/mail" search={(before) => ({ ...before, file })} resetScroll={false} className="font-medium after:absolute after:inset-0 aria-[current]:text-accent-text">
        {subject}
      </Link>
    ),
    below: ({ to }) => to,
  },
  columns: [{ id: 'sent', title: texts.list.sent, width: 116, priority: 9, sort: 'sent', newestFirst: true, card: 'below', by: ({ date }) => date, text: ({ date }) => date, cell: ({ date }) => <Ago at={date} className="text-text-3" /> }],
  more: [{ title: texts.list.to, text: ({ to }) => to }],
  searches: texts.list.searches,
  sort: '-sent',
}

function Chosen({ file }: { file: string }) {
  const query = useQuery(keptMailQuery(file))
  return (
    <div className="min-w-0 flex-1 rounded-lg border border-line bg-surface-1">
      <Loaded query={query} what={texts.message.what} skeleton={<SkeletonRows rows={4} />}>
        {(source) => <Message source={source} />}
      </Loaded>
    </div>
  )
}

/** The mails that a local installation without a mail server keeps instead of sending. */
export function MailPage() {
  const { file } = route.useSearch()
  const query = useKeptMails()
  // Null on a host that keeps none.
  const list = useWholeList({ ...query, data: query.data ?? undefined } as UseQueryResult<readonly KeptMail[]>, MAILS)
  if (query.data === null) {
    return (
      <Empty icon={Mail} title={texts.page.sent}>
        {texts.page.sentWhy}
      </Empty>
    )
  }
  return (
    <>
      <p className="mb-4 text-13 text-text-3">{texts.page.kept}</p>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <div className={clsx('min-w-0', file ? 'lg:w-96' : 'flex-1')}>
          <List
            definition={MAILS}
            list={list}
            empty={
              <Empty icon={Mail} title={texts.page.emptyTitle}>
                {texts.page.empty}
              </Empty>
            }
          />
        </div>
        {file && <Chosen key={file} file={file} />}
      </div>
    </>
  )
}
