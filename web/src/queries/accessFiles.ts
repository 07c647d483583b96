import { api } from '@/api/client'
import { writeEnd } from '@/lib/accessEnds'
import type { Question } from './access'
import type { Trial } from './difference'
import { CSV, parts, type ReadFile } from './files'
import type { MatrixFilters } from './matrix'
import { given } from './pages'
import type { AskedSince } from './since'

/** Every pair of a question, each with its own answer. */
export const questionFile =
  ({ accountId, from, to, protocol, port }: Question): ReadFile =>
  (signal) =>
    parts((cursor) => api.GET('/api/access/check', { params: { query: { accountId, from: writeEnd(from), to: writeEnd(to), ...given({ protocol, port, cursor }) } }, ...CSV, signal }), signal)

/** Every pair that changes would open or close. */
export const differenceFile =
  ({ accountId, changes, protocol, port }: Trial): ReadFile =>
  (signal) =>
    parts((cursor) => api.POST('/api/access/difference', { params: { query: given({ cursor }) }, body: { accountId, changes: [...changes], ...given({ protocol, port }) }, ...CSV, signal }), signal)

/** Every pair that opened or closed since a moment. */
export const sinceFile =
  ({ accountId, since }: AskedSince): ReadFile =>
  (signal) =>
    parts((cursor) => api.GET('/api/access/since', { params: { query: { ...given({ accountId, cursor }), since } }, ...CSV, signal }), signal)

/** Every cell of the matrix. */
export const matrixFile =
  ({ accountId, protocol, port, groups }: MatrixFilters): ReadFile =>
  (signal) =>
    parts((cursor) => api.GET('/api/access/matrix', { params: { query: given({ accountId, protocol, port, groups: groups?.join(','), cursor }) }, ...CSV, signal }), signal)
