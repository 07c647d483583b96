import { ApiProblem } from '@/api/problem'
import { texts } from './texts'

/** `/changes/2/policy/rules/0/sources/1` is of the third change. */
const AT = /^\/changes\/(\d+)(?:\/(.*))?$/

/** In which part of a policy, as people count. */
function where(rest: string): string {
  const rule = /(?:^|\/)rules\/(\d+)\//.exec(rest)?.[1]
  const field = /(?:^|\/)(sources|destinations|ports|postureChecks|sourceResource|destinationResource|add|remove)(?:\/(\d+))?/.exec(rest)
  const name = field?.[1] && texts.problem.fields[field[1]]
  const place = name && field[2] !== undefined ? texts.problem.nth({ field: name, number: Number(field[2]) + 1 }) : name
  return [rule === undefined ? '' : texts.problem.rule({ number: Number(rule) + 1 }), place].filter(Boolean).join(', ')
}

interface Wrong {
  pointer: string
  detail: string
}

/** What is wrong with one change, each with where in it. */
export const wrongAt = (wrong: readonly Wrong[], index: number): string[] =>
  wrong.flatMap(({ pointer, detail }) => {
    const [, at, rest = ''] = AT.exec(pointer) ?? []
    if (at === undefined || Number(at) !== index) return []
    const place = where(rest)
    return [place === '' ? detail : texts.problem.at({ place, detail })]
  })

/** And with none of them. */
export const wrongElsewhere = (wrong: readonly Wrong[]): string[] => wrong.flatMap(({ pointer, detail }) => (AT.test(pointer) ? [] : [detail]))

/** What the API finds wrong with a change. */
export const problemsAt = (error: unknown, index: number): string[] => (error instanceof ApiProblem ? wrongAt(error.fields, index) : [])

/** What it finds wrong with none of them, but for what has a field of its own. */
export const problemsElsewhere = (error: ApiProblem): string[] => wrongElsewhere(error.fields.filter(({ pointer }) => pointer !== '/port'))
