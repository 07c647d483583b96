import { expect, test } from 'vitest'
import { routeSentence, type Named } from './routeWords'

const NONE: Named = { severities: [], rules: [], accounts: [], groups: [] }

test.each<[Partial<Named>, string[], string]>([
  [{}, ['Ops'], 'All alerts also tell Ops.'],
  [{}, [], 'All alerts also tell …'],
  [{ severities: ['high', 'critical'] }, ['Ops', 'Phones'], 'Critical and high alerts also tell Ops and Phones.'],
  [{ rules: ['Servers down'], accounts: ['HQ'] }, ['Ops'], 'Alerts of Servers down in HQ also tell Ops.'],
  [{ severities: ['low'], accounts: ['HQ'], groups: ['servers', 'routers'] }, ['Ops'], 'Low alerts in HQ, if they are about one of the groups servers and routers, also tell Ops.'],
  [{ rules: ['A', 'B', 'C', 'D', 'E'] }, ['Ops'], 'Alerts of A, B, C and 2 more also tell Ops.'],
])('%j to %j', (named, channels, words) => expect(routeSentence({ ...NONE, ...named }, channels)).toBe(words))
