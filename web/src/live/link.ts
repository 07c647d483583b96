import type { LiveMessage, LiveRefusal, LiveRequest } from '@/api/types'
import { MINUTE } from '@/lib/time'
import type { LiveState, Unlive } from './status'

const SECOND = 1000

/** What tells of a change. */
export type LiveNews = Exclude<LiveMessage, { type: 'ready' | 'error' | 'pong' }>

export type LiveSocket = Pick<WebSocket, 'readyState' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>

export interface LinkHost {
  open: () => LiveSocket
  /** An access token that is good for so long at least; undefined if nobody is signed in any more. */
  token: (least: number) => Promise<{ value: string; lasts: number } | undefined>
  /** From 0 to 1. */
  random: () => number
  onNews: (news: LiveNews) => void
  onState: (state: LiveState) => void
}

/** From opening to being told that the token is good. */
const READY_MS = 15 * SECOND
/** Longer than most syncs are apart: where accounts are synced, nothing needs to be asked for. */
const SILENCE_MS = 90 * SECOND
const PONG_MS = 10 * SECOND
/** A token is renewed while it is still good for so long. Timers of hidden tabs may be a minute late. */
const RENEW_AT_MS = 90 * SECOND
const FIRST_WAIT_MS = 2 * SECOND
const LONGEST_WAIT_MS = MINUTE
/** Waits double; who is asked for patience begins with this one. */
const PATIENT = 3
/** A socket that lives so long is no more counted among the tries. */
const STEADY_MS = 30 * SECOND
/** As long as that, nobody needs to know: what was missed is told when it is back. */
const GRACE_MS = 4 * SECOND
/** What is on its way when the socket opens may have been read before. */
const MARGIN_MS = 5 * SECOND

/** What a close code says. On AWS none can be chosen: there, and first of all, a message says it. */
const REFUSALS: Readonly<Record<number, LiveRefusal>> = {
  1013: 'try-again',
  4400: 'malformed',
  4401: 'unauthenticated',
  4403: 'forbidden',
  4408: 'too-late',
  4429: 'too-many',
}

const OPEN = 1

/** Timers by name, of which there is one each. */
function createTimers() {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const drop = (name: string) => {
    clearTimeout(timers.get(name))
    timers.delete(name)
  }
  return {
    drop,
    dropAll: () => [...timers.keys()].forEach(drop),
    has: (name: string) => timers.has(name),
    set: (name: string, milliseconds: number, act: () => void) => {
      drop(name)
      timers.set(
        name,
        setTimeout(() => {
          timers.delete(name)
          act()
        }, milliseconds),
      )
    },
  }
}

/**
 * A socket that is opened again whenever it closes, with what was missed meanwhile. It belongs to one user in one tenant:
 * for another, there is another link.
 */
export function createLink({ open, token, random, onNews, onState }: LinkHost) {
  const timers = createTimers()
  let socket: LiveSocket | undefined
  /** Which try this is: what an earlier one waited for is not awaited any more. */
  let attempt = 0
  let isReady = false
  let tries = 0
  let isPatient = false
  /** The platform did not take a token, and a fresh one was asked for. */
  let refreshed = false
  /** The last message that came, and the place in the tenant's sequence that the platform told: what comes is after it. */
  let last: number | undefined
  let place: number | undefined
  let sureFrom = 0
  let heardAt = 0
  let state: LiveState = { is: 'connecting' }

  function become(next: LiveState): void {
    state = next
    onState(next)
  }

  function say(request: LiveRequest): void {
    if (socket?.readyState === OPEN) socket.send(JSON.stringify(request))
  }

  async function connect(least = RENEW_AT_MS): Promise<void> {
    timers.drop('retry')
    attempt += 1
    const own = attempt
    const given = await token(least).catch(() => null)
    if (own !== attempt || given === undefined) return
    if (given === null) {
      lose()
      return
    }
    const opened = open()
    let refusal: LiveRefusal | undefined
    socket = opened
    timers.set('ready', READY_MS, lose)
    const after = place === undefined ? undefined : Math.max(place, last ?? 0)
    opened.onopen = () => say({ type: 'auth', token: given.value, ...(after !== undefined && { after }) })
    opened.onclose = ({ code }) => {
      if (socket === opened) lose(refusal ?? REFUSALS[code])
    }
    opened.onmessage = ({ data }) => {
      const message = socket === opened ? read(data) : undefined
      if (message === undefined) return
      heardAt = Date.now()
      timers.drop('pong')
      timers.set('silence', SILENCE_MS, probe)
      if (message.type === 'error') refusal = message.code
      else if (message.type === 'ready') welcome(message.sequence, given.lasts)
      else if (message.type !== 'pong') take(message)
    }
  }

  function welcome(sequence: number, lasts: number): void {
    timers.drop('ready')
    if (place === undefined) sureFrom = Date.now() + MARGIN_MS
    place = Math.max(place ?? 0, sequence)
    if (isReady) return
    isReady = true
    isPatient = false
    renewIn(lasts - RENEW_AT_MS)
    timers.drop('grace')
    timers.set('steady', STEADY_MS, () => {
      tries = 0
      refreshed = false
    })
    become({ is: 'live', since: state.is === 'live' ? state.since : Date.now(), sureFrom })
  }

  function take(news: LiveNews): void {
    // A platform that began anew may count from where it likes.
    const isAnew = news.type === 'reload' && news.what === 'all'
    if (last !== undefined && news.sequence <= last && !isAnew) return
    last = news.sequence
    if (isAnew) place = last
    onNews(news)
  }

  function renewIn(milliseconds: number): void {
    timers.set('renewal', Math.max(milliseconds, SECOND), () => void renew())
  }

  /** Goes on with the next token, on the same socket. */
  async function renew(): Promise<void> {
    const own = attempt
    const given = await token(RENEW_AT_MS).catch(() => null)
    if (own !== attempt || given === undefined) return
    // Until it is too late: then the platform closes, and says why.
    if (given === null) {
      renewIn(10 * SECOND)
      return
    }
    timers.set('ready', READY_MS, lose)
    say({ type: 'auth', token: given.value })
    renewIn(given.lasts - RENEW_AT_MS)
  }

  /** Finds out whether anybody is there. */
  function probe(): void {
    say({ type: 'ping' })
    timers.set('pong', PONG_MS, lose)
  }

  function lose(refusal?: LiveRefusal): void {
    attempt += 1
    isReady = false
    const before = socket
    socket = undefined
    for (const name of ['ready', 'silence', 'pong', 'renewal', 'steady']) timers.drop(name)
    before?.close()
    const isToken = refusal === 'unauthenticated' || refusal === 'forbidden'
    isPatient = refusal === 'too-many' || refusal === 'try-again'
    if (refusal === 'malformed' || (refusal === 'forbidden' && refreshed)) {
      fall('refused')
      return
    }
    const why = isPatient ? 'busy' : 'cut'
    if (state.is !== 'live') fall(why)
    else if (!timers.has('grace')) timers.set('grace', GRACE_MS, () => fall(why, GRACE_MS))
    if (isToken && !refreshed) {
      refreshed = true
      void connect(Infinity)
      return
    }
    if (isPatient) tries = Math.max(tries, PATIENT)
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries)
    tries += 1
    // Wide apart: whoever lost their sockets together does not come back together.
    timers.set('retry', wait * (0.25 + 0.75 * random()), () => void connect())
  }

  /** For whoever looks it is told by polling now. */
  function fall(why: Unlive, ago = 0): void {
    timers.drop('grace')
    become({ is: 'polling', since: state.is === 'polling' ? state.since : Date.now() - ago, why })
  }

  onState(state)
  void connect()

  return {
    /** The network is back, or somebody looks again: nobody waits for a try, and a socket shows that it is one. */
    wake(): void {
      if (isReady) {
        if (Date.now() - heardAt > PONG_MS && !timers.has('pong')) probe()
      } else if (timers.has('retry') && !isPatient) void connect()
    },
    close(): void {
      attempt += 1
      timers.dropAll()
      const before = socket
      socket = undefined
      before?.close()
    },
  }
}

function read(data: unknown): LiveMessage | undefined {
  try {
    return JSON.parse(String(data)) as LiveMessage
  } catch {
    return undefined
  }
}
