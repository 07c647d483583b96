/** A series of the tenant's own, as its name and tags tell it from others: `backup.age (host=db1)`. */
export function ownTitle({ name, tags }: { name: string; tags: Readonly<Record<string, string>> }): string {
  const said = Object.entries(tags).map(([key, value]) => `${key}=${value}`)
  return said.length > 0 ? `${name} (${said.join(', ')})` : name
}

const figures = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 })

/** A number that was pushed, with what it is counted in. */
export const ownValue = (value: number, unit: string): string => (unit === '' ? figures.format(value) : `${figures.format(value)} ${unit}`)
