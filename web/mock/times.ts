export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const before = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString()
