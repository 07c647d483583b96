import { ApiProblem } from '@/api/problem'

/** `/changes/2/policy/rules/0/sources/1` is of the third change. */
const AT = /^\/changes\/(\d+)(?:\/(.*))?$/

/** In which part of a policy, as people count. */
function where(rest: string): string {
  const rule = /(?:^|\/)rules\/(\d+)\//.exec(rest)?.[1]
  const field = /(?:^|\/)(sources|destinations|ports|postureChecks|sourceResource|destinationResource|add|remove)(?:\/(\d+))?/.exec(rest)
  const words: Record<string, string> = { sources: 'from', destinations: 'to', sourceResource: 'from', destinationResource: 'to', ports: 'port', postureChecks: 'posture check', add: 'peer to add', remove: 'peer to remove' }
  const name = field?.[1] && words[field[1]]
  const place = field?.[2] === undefined ? '' : ` ${Number(field[2]) + 1}`
  return [rule === undefined ? '' : `rule ${Number(rule) + 1}`, name ? `${name}${place}` : ''].filter(Boolean).join(', ')
}

/** What the API finds wrong with a change, each with where in it. */
export function problemsAt(error: unknown, index: number): string[] {
  if (!(error instanceof ApiProblem)) return []
  return error.fields.flatMap(({ pointer, detail }) => {
    const [, at, rest = ''] = AT.exec(pointer) ?? []
    if (at === undefined || Number(at) !== index) return []
    const place = where(rest)
    return [place === '' ? detail : `${place}: ${detail}`]
  })
}

/** What it finds wrong with none of them, but for what has a field of its own. */
export const problemsElsewhere = (error: ApiProblem): string[] => error.fields.flatMap(({ pointer, detail }) => (AT.test(pointer) || pointer === '/port' ? [] : [detail]))
