import { texts } from './texts'

export const NO_ADDRESS = texts.webhook.addressWrong

/** "US" and "EU": where a service keeps its customers' data. */
export const REGIONS = [
  { value: 'us', label: texts.regions.us },
  { value: 'eu', label: texts.regions.eu },
] as const

export type Region = (typeof REGIONS)[number]['value']

export const regionWord = (region: string): string => REGIONS.find(({ value }) => value === region)?.label ?? region

/** What is shown of a key that there is: its last characters, if it is long enough to show them. */
export const keptKey = (hint: string): string => (hint === '…' ? '••••' : hint)
