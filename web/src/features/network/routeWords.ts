import type { Route } from '@/api/types'

/** Where it leads: the range of a route to domains says nothing. */
export const destination = ({ domains, network }: Route): string => (domains.length === 0 ? network : domains.join(', '))
