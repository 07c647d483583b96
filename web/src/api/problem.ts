import type { FieldProblem, ProblemBody, ProblemReason } from './types'

/** The last segment of a problem's `type`, as the API documents them. */
export type ProblemSlug =
  | 'validation'
  | 'malformed-request'
  | 'unauthenticated'
  | 'token-expired'
  | 'second-factor-required'
  | 'session-required'
  | 'password-session-required'
  | 'sign-up-closed'
  | 'link-expired'
  | 'sso-failed'
  | 'forbidden'
  | 'not-found'
  | 'not-offered'
  | 'conflict'
  | 'payload-too-large'
  | 'rate-limited'
  | 'netbird-connection'
  | 'unavailable'
  | 'internal'

/** An error answer of the API (RFC 9457). */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  readonly slug: ProblemSlug | (string & {})
  readonly title: string
  readonly requestId: string | undefined
  readonly fields: readonly FieldProblem[]
  readonly permission: string | undefined
  readonly reason: ProblemReason | undefined
  /** Seconds to wait, as a `Retry-After` header said. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: Partial<ProblemBody> = {}, headers?: Headers) {
    super(body.detail ?? body.title ?? `The server answered with status ${status}.`)
    this.status = status
    this.slug = body.type?.split('/').pop() ?? (status === 404 ? 'not-found' : 'internal')
    this.title = body.title ?? 'Unexpected answer'
    this.requestId = body.requestId ?? headers?.get('x-request-id') ?? undefined
    this.fields = body.errors ?? []
    this.permission = body.permission ?? undefined
    this.reason = body.reason ?? undefined
    const retryAfter = Number(headers?.get('retry-after') ?? NaN)
    this.retryAfter = Number.isFinite(retryAfter) ? retryAfter : undefined
  }
}

/** No answer came: the network, or the server, is down. */
export class ServerUnreachable extends Error {
  override name = 'ServerUnreachable'

  constructor(cause: unknown) {
    super('The server did not answer. Check your network connection.', { cause })
  }
}

/** Whether trying the same request again may succeed. */
export function isTransient(error: unknown): boolean {
  return error instanceof ServerUnreachable || (error instanceof ApiProblem && (error.status >= 500 || error.status === 429))
}

export function hasSlug(error: unknown, slug: ProblemSlug): error is ApiProblem {
  return error instanceof ApiProblem && error.slug === slug
}
