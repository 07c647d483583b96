export const NO_ADDRESS = 'Enter an address that starts with https:// or http://.'

/** "US" and "EU": where a service keeps its customers' data. */
export const REGIONS = [
  { value: 'us', label: 'United States' },
  { value: 'eu', label: 'Europe' },
] as const

export type Region = (typeof REGIONS)[number]['value']

export const regionWord = (region: string): string => REGIONS.find(({ value }) => value === region)?.label ?? region

/** What is shown of a key that there is: its last characters, if it is long enough to show them. */
export const keptKey = (hint: string): string => (hint === '…' ? '••••' : hint)
