import { texts } from './texts'

const ISSUED: Readonly<Record<string, string>> = texts.groups.issued
/** How it came to be. */
export const issued = (how: string): string => ISSUED[how] ?? how
