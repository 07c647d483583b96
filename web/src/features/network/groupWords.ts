const ISSUED: Readonly<Record<string, string>> = { api: 'Created in NetBird', jwt: 'From the identity provider’s tokens', integration: 'From an integration' }
/** How it came to be. */
export const issued = (how: string): string => ISSUED[how] ?? how
