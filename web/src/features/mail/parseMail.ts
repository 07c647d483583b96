/** A mail's parts that a reader wants. */
export interface ParsedMail {
  from: string
  to: string
  subject: string
  date: string
  text: string | undefined
  html: string | undefined
}

interface Part {
  headers: Map<string, string>
  body: string
}

function split(source: string): Part {
  const normal = source.replaceAll('\r\n', '\n')
  const end = normal.indexOf('\n\n')
  const head = end === -1 ? normal : normal.slice(0, end)
  const headers = new Map<string, string>()
  // A line that begins with white space continues the header before it.
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: end === -1 ? '' : normal.slice(end + 2) }
}

function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function unquote(text: string): Uint8Array<ArrayBuffer> {
  const joined = text.replace(/=\n/g, '')
  const encoded = new TextEncoder().encode(joined)
  const bytes: number[] = []
  for (let index = 0; index < encoded.length; index += 1) {
    const hex = encoded[index] === 0x3d ? String.fromCharCode(encoded[index + 1] ?? 0, encoded[index + 2] ?? 0) : ''
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16))
      index += 2
    } else {
      bytes.push(encoded[index] ?? 0)
    }
  }
  return new Uint8Array(bytes)
}

function content({ headers, body }: Part): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return new TextDecoder().decode(bytesOf(atob(body.replace(/\s/g, ''))))
    case 'quoted-printable':
      return new TextDecoder().decode(unquote(body))
    default:
      return body
  }
}

/** Decodes `=?utf-8?Q?…?=` and `=?utf-8?B?…?=` in a header. */
function decodeWords(header: string): string {
  const joined = header.replace(/\?=\s+=\?/g, '?==?')
  return joined.replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, encoding: string, text: string) => {
    const bytes = encoding.toLowerCase() === 'b' ? bytesOf(atob(text)) : unquote(text.replaceAll('_', ' '))
    return new TextDecoder(charset).decode(bytes)
  })
}

function leaves(part: Part): Part[] {
  const type = part.headers.get('content-type') ?? 'text/plain'
  const boundary = /^multipart\//i.test(type) ? /boundary="?([^";]+)"?/i.exec(type)?.[1] : undefined
  if (boundary === undefined) return [part]
  return `\n${part.body}`
    .split(`\n--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => leaves(split(piece.replace(/^[^\n]*\n/, ''))))
}

/** Reads a message file (RFC 5322 with MIME) as far as the platform's own mails need it. */
export function parseMail(source: string): ParsedMail {
  const mail = split(source)
  const parts = leaves(mail)
  const ofType = (type: string) => {
    const part = parts.find(({ headers }) => (headers.get('content-type') ?? 'text/plain').toLowerCase().startsWith(type))
    return part && content(part)
  }
  const header = (name: string) => decodeWords(mail.headers.get(name) ?? '')
  return { from: header('from'), to: header('to'), subject: header('subject'), date: header('date'), text: ofType('text/plain'), html: ofType('text/html') }
}

/** The web addresses in a text, each once. */
export function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"']+/g) ?? []
  return [...new Set(found.map((link) => link.replace(/[.,;:!?)]+$/, '')))]
}
