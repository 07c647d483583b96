import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'

type Wrap = (words: ReactNode) => ReactNode

type Places<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never
type Marks<T extends string> = T extends `${string}</${infer Name}>${infer Rest}` ? Name | Marks<Rest> : never

/** What a text asks for. Only for texts that are known when the app is built: what somebody wrote is never read for places. */
export type Values<T extends string> = string extends T ? never : Record<Places<T>, ReactNode> & Record<Marks<T>, Wrap>

/** What stands in the places of a text, piece by piece. */
export type Pieces<T extends string, P> = Readonly<Record<Places<T>, readonly P[]>>

/** Between places there is text, and places are filled. */
const PLACE = /\{(\w+)\}/

/** A sentence with places as its pieces, for what is no element yet: `filled('Add {peers} to {group}', { peers: [a, ' and ', b], group: [c] })`. */
export function filled<const T extends string, P>(text: T, values: Pieces<T, P>): (P | string)[] {
  const given: Readonly<Record<string, readonly P[]>> = values
  return text.split(PLACE).flatMap((piece, index): readonly (P | string)[] => (index % 2 === 1 ? (given[piece] ?? []) : piece === '' ? [] : [piece]))
}

const PART = /\{(\w+)\}|<(\w+)>(.*?)<\/\2>/gs

function partsOf(text: string, values: Readonly<Record<string, unknown>>): ReactNode[] {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(PART)) {
    const [whole, place, mark, words] = match
    parts.push(text.slice(end, match.index))
    if (place !== undefined) parts.push(values[place] as ReactNode)
    else if (mark !== undefined) parts.push((values[mark] as Wrap)(createElement(Fragment, null, ...partsOf(words ?? '', values))))
    end = match.index + whole.length
  }
  return [...parts, text.slice(end)]
}

/**
 * A sentence that has elements in it, as one text: `phrase('Write to {name} or <link>ask for help</link>.', { name: <b>Ada</b>,
 * link: (words) => <a href="/help">{words}</a> })`. A missing value does not compile.
 */
export function phrase<const T extends string>(text: T, values: Values<T>): ReactElement {
  return createElement(Fragment, null, ...partsOf(text, values))
}
