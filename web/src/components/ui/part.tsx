import { useEffect, useEffectEvent, useState, type ComponentType, type ReactNode } from 'react'
import { announceFailure } from '../announcements'
import { Failed } from '../states'

/** Told of what is loaded when it is asked for, and did not come. */
export const NOT_LOADED = new Error('This could not be loaded. Check your connection, then try again.')

const AGAIN_MS = 10_000

interface Options<Props> {
  /** Stands there until the code has come. */
  waiting?: ReactNode
  /** What is missing should it not come, and can be asked for again in its place. */
  what?: string
  /** Closes what was to open should its code not come. */
  close?: (props: Props) => void
}

/**
 * A part of a page with code of its own, loaded when it is shown. Should its code not come, as without a connection, the
 * rest of the page stays as it is: a page of which `lazy` misses a part is gone as a whole, and stays so.
 */
export function part<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, { waiting, what, close }: Options<Props>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined

  return function Part(props: Props) {
    const [tries, setTries] = useState(1)
    const [ended, setEnded] = useState(0)
    const isFailed = ended === tries
    const isThere = Loaded !== undefined

    useEffect(() => {
      if (isThere) return
      let isGone = false
      const end = () => {
        if (!isGone) setEnded(tries)
      }
      void load()
        .then((module) => {
          Loaded = module.default
        })
        .catch(() => undefined)
        .then(end)
      return () => {
        isGone = true
      }
    }, [tries, isThere])

    useEffect(() => {
      if (isThere || !isFailed) return
      const again = () => setTries((before) => before + 1)
      window.addEventListener('online', again)
      // What nobody can open anew, and nobody closes, comes by itself.
      const timer = what === undefined && !close ? setTimeout(again, AGAIN_MS) : undefined
      return () => {
        window.removeEventListener('online', again)
        clearTimeout(timer)
      }
    }, [isThere, isFailed])

    const fail = useEffectEvent(() => {
      // Once, and not each time that it is tried by itself.
      if (tries === 1) announceFailure(NOT_LOADED)
      close?.(props)
    })
    useEffect(() => {
      if (isThere || !isFailed || what !== undefined) return
      fail()
    }, [isThere, isFailed])

    if (Loaded) return <Loaded {...props} />
    if (isFailed) return what === undefined ? null : <Failed error={NOT_LOADED} what={what} retrying={false} onRetry={() => setTries(tries + 1)} />
    return waiting
  }
}

