import type { StatusCode } from '@/api/types'

interface Explanation {
  /** A few words, beside an account's name. */
  title: string
  /** What to do about it. */
  remedy: string
}

const REASONS: Record<StatusCode, Explanation> = {
  paused_by_user: {
    title: 'Paused',
    remedy: 'It is not read, and its rules wait, until somebody resumes it.',
  },
  token_rejected: {
    title: 'Token not accepted',
    remedy: 'The token is mistyped or has expired. Create a new one for the service user in NetBird and paste it whole; it starts with nbp_.',
  },
  token_deleted: {
    title: 'Token deleted',
    remedy: 'The token, or the service user it belonged to, was deleted in NetBird. Create a new one and enter it here.',
  },
  user_blocked: {
    title: 'User blocked',
    remedy: 'The user this token belongs to is blocked. Unblock it in NetBird under Team, or use a token of another service user.',
  },
  permission_denied: {
    title: 'Role too small',
    remedy: 'The token works, but its user may not read the account. Give the service user the role Auditor in NetBird under Team → Service Users.',
  },
  unreachable: {
    title: 'Host not reachable',
    remedy: 'Nothing answers at this address. Check its spelling and port, and that the server runs and its firewall lets this host in.',
  },
  timeout: {
    title: 'No answer in time',
    remedy: 'The server took the connection but sent no answer. Check that it is not overloaded, then try again.',
  },
  not_netbird: {
    title: 'Not a NetBird server',
    remedy: 'Something else answers at this address. Use the management API’s base address without /api, often the one the dashboard is opened with.',
  },
  address_refused: {
    title: 'Address not allowed',
    remedy: 'The address leads into a private or reserved network, which this installation does not connect to. A local installation may allow it in its settings.',
  },
  certificate: {
    title: 'Certificate not trusted',
    remedy: 'The server’s TLS certificate is self-signed, expired or for another name. Install one from a trusted authority, or correct the address.',
  },
  rate_limited: {
    title: 'Rate limited',
    remedy: 'NetBird refuses more requests with this token for now. Syncs slow down by themselves; a token that nothing else uses avoids it.',
  },
  server_error: {
    title: 'NetBird failed',
    remedy: 'The NetBird server answered with an error of its own. Check its log; syncing continues.',
  },
  request_refused: {
    title: 'Request refused',
    remedy: 'NetBird refuses what a sync asks for. Its version may be too old or too new; check its log.',
  },
  malformed_answer: {
    title: 'Answer not understood',
    remedy: 'NetBird’s answer was cut short or has another form than expected. Syncing continues; a proxy in between may be the cause.',
  },
  not_synced: {
    title: 'Not synced in time',
    remedy: 'The last two syncs did not happen when they were due, so what is shown is older than it should be. Syncing continues; if this lasts, ask whoever runs this installation.',
  },
  too_many_rows: {
    title: 'Too much to read',
    remedy: 'NetBird lists more than this platform takes from one account, so its last answer was not used. Remove what is no longer used in NetBird, or ask whoever runs this installation.',
  },
  crowded: {
    title: 'Too busy just now',
    remedy: 'Other large networks are being read at this moment. Try again in a minute; syncs do so by themselves.',
  },
  too_large: {
    title: 'An entry is too large',
    remedy: 'NetBird sent an entry that is larger than this platform keeps, so its last answer was not used. Shorten it in NetBird; syncing continues.',
  },
  internal_error: {
    title: 'A fault of this platform',
    remedy: 'The platform could not take in what NetBird answered. The fault is logged; syncing continues.',
  },
  implausible_answer: {
    title: 'Answer not plausible',
    remedy: 'NetBird’s last answer lost most peers at once, so it was not used. The next one that agrees will be.',
  },
}

/** Every way in which NetBird refuses or fails us, told apart because each has another remedy. */
export function explainReason({ code, detail }: { code: StatusCode; detail: string }): Explanation {
  // A newer API may know a reason that this page, still open, does not: then its own words are all there is.
  return (REASONS as Partial<typeof REASONS>)[code] ?? { title: 'Something is wrong with this account', remedy: detail || 'Syncing continues.' }
}
