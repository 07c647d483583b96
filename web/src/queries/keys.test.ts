import { expect, test } from 'vitest'
import { keys } from './keys'

/** Every key, or what makes one, under the name of its kind. */
const parts = (kind: object | ((...by: never[]) => readonly unknown[])): unknown[] =>
  typeof kind === 'function' ? [kind.length === 0 ? undefined : (kind as (...by: unknown[]) => readonly unknown[])({}, {}, {}, [])[0]] : Array.isArray(kind) ? [kind[0]] : Object.values(kind).flatMap((part) => parts(part as object))

/** Mails and the one that is opened are forgotten together. */
const TOGETHER = ['mail']

test('no two kinds of answers have the same first word, by which they are forgotten and told of', () => {
  const words = Object.values(keys).flatMap((kind) => [...new Set(parts(kind))])
  const twice = words.filter((word, place) => words.indexOf(word) !== place)
  expect(twice).toEqual(TOGETHER)
  expect(words).not.toContain(undefined)
})

test('one thing of NetBird has its id where updates look for it, in each account and in any', () => {
  for (const kind of [keys.peer, keys.peerHistory]) {
    expect(kind.one('p-1', 'hq')[2]).toBe('p-1')
    expect(kind.one('p-1', undefined)).toEqual([kind.all[0], 'any', 'p-1'])
  }
  expect(keys.peerHistory.between('p-1', 'hq', 1, 2)[2]).toBe('p-1')
})
