import { grouped, plural } from '@/lib/numbers'

/** A step with alerts: English says each of these of every verb alike. */
const step = (verb: string, past: string, means: string) => ({
  means,
  one: verb,
  several: ({ count }: { count: number }) => `${verb} ${plural(count, 'alert')}`,
  title: `${verb} alert`,
  doneOne: ({ title }: { title: string }) => `${past} “${title}”.`,
  done: ({ count }: { count: number }) => `${past} ${plural(count, 'alert')}.`,
  donePart: ({ count, of }: { count: number; of: number }) => `${past} ${grouped(count)} of ${plural(of, 'alert')}.`,
  failedOne: `Could not ${verb.toLowerCase()} the alert`,
  failed: ({ count, of }: { count: number; of: number }) => `Could not ${verb.toLowerCase()} ${grouped(count)} of ${plural(of, 'alert')}`,
})

export const texts = {
  changeAlerts: {
    actions: {
      acknowledge: step('Acknowledge', 'Acknowledged', 'Tells the others that you are on it. The alert stays until its condition ends.'),
      resolve: step('Resolve', 'Resolved', 'Ends the alert now. If its condition still holds, a new one opens within a minute; to be left in peace for a while, suppress it instead.'),
      suppress: step('Suppress', 'Suppressed', 'Nothing is told of it until then. If its condition still holds at that time, it opens again and is told again.'),
      reopen: step('Reopen', 'Reopened', 'The alert is open again, and its reminders go on.'),
    },
    unchanged: ({ title, why }: { title: string; why: string }) => `${title}: ${why}`,
    others: ({ count }: { count: number }) => `and ${plural(count, 'other')}`,
    message: 'Message',
    enterTime: 'Enter a time.',
    progress: ({ done, of }: { done: number; of: number }) => `${grouped(done)} of ${plural(of, 'alert')} done`,
    starts: ({ count }: { count: number }) => `Working through ${plural(count, 'alert')}`,
    leave: 'Leave it',
    cancel: 'Cancel',
  },
  commentForm: {
    failed: 'The comment was not saved',
    label: 'Comment',
    add: 'Add comment',
  },
} as const
