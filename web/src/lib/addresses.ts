/** Where an address leads: judged here before anything follows it or makes a link of it. */

const LONGEST_PATH = 2048

/** A proxy or a router may take off another layer of percent-encoding; whoever needs more of them means no good. */
const DECODINGS = 4

// eslint-disable-next-line no-control-regex
const PLAIN_PATH = /^\/(?![/\\])[^\\\u0000-\u001f\u007f-\u009f]*$/

/** The path, query and fragment that a browser would make of it on this origin, if it stays there. */
function resolved(path: string, origin: string): URL | undefined {
  const url = PLAIN_PATH.test(path) ? URL.parse(path, origin) : null
  // Taking out dots may leave two slashes in front, which name another host the next time they are read.
  return url?.origin === origin && PLAIN_PATH.test(url.pathname) ? url : undefined
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/**
 * A page of this app to go on to, as after signing in; undefined for whatever leads away from it,
 * or would once its encoding is taken off.
 */
export function localPath(value: unknown, origin = window.location.origin): string | undefined {
  if (typeof value !== 'string' || value.length > LONGEST_PATH) return undefined
  const url = resolved(value, origin)
  if (!url) return undefined
  let path = url.pathname
  for (let layer = 0; layer < DECODINGS; layer += 1) {
    const plain = decoded(path)
    if (plain === path) return url.pathname + url.search + url.hash
    if (plain === undefined || !resolved(plain, origin)) return undefined
    path = plain
  }
  return undefined
}

/** An address of this app, in full. */
export const isOurs = (address: string, origin = window.location.origin): boolean => {
  const url = URL.parse(address)
  return url?.origin === origin && url.username === '' && url.password === ''
}

/** An address of the web: nothing that runs, embeds data, or opens another program. */
export const isWebAddress = (address: string): boolean => /^https?:$/.test(URL.parse(address)?.protocol ?? '')
