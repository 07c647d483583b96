const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** When a UUID of version 7 was made, in milliseconds since 1970; undefined for any other text. */
export function momentOf(id: string): number | undefined {
  return VERSION_7.test(id) ? Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) : undefined
}
