import { opens, parseEnd, SOURCES, TARGETS, writeEnd, type AccessSearch, type End } from '@/lib/accessEnds'
import type { Question } from '@/queries/access'
import { texts } from './texts'

/** A question as far as the address asks it. */
export interface Asked {
  from: End | undefined
  to: End | undefined
  protocol: AccessSearch['protocol']
  port: string | undefined
}

export const readQuestion = ({ from, to, protocol, port }: AccessSearch): Asked => ({ from: parseEnd(from, SOURCES), to: parseEnd(to, TARGETS), protocol, port })

/** The question for the API, once both sides are there. */
export function wholeQuestion(accountId: string | undefined, { from, to, protocol, port }: Asked): Question | undefined {
  if (accountId === undefined || !from || !to) return undefined
  return { accountId, from, to, protocol, port: port === undefined ? undefined : Number(port) }
}

/** The address of a question. */
export const addressOf = ({ accountId, from, to, protocol, port }: Question): AccessSearch => ({
  of: accountId,
  from: writeEnd(from),
  to: writeEnd(to),
  ...(protocol && { protocol }),
  ...(port !== undefined && { port: String(port) }),
})

/** What may open a connection may be asked the other way round; a resource or an address opens none. */
export const mayTurn = ({ to }: Pick<Asked, 'to'>): boolean => to === undefined || opens(to.kind)

/** "on TCP 443", "on port 53"; nothing where anything is meant. */
function onWhat({ protocol, port }: { protocol?: string | undefined; port?: number | undefined }): string {
  const name = protocol === undefined || protocol === 'all' ? '' : protocol.toUpperCase()
  return name === '' && port === undefined ? '' : texts.question.onWhat({ protocol: name, port })
}

/** "laptops → servers on TCP 443" */
export const inShort = (from: string, to: string, on: Parameters<typeof onWhat>[0]): string => texts.question.inShort({ from, to, on: onWhat(on) })
