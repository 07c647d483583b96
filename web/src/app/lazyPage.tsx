import type { RouteComponent } from '@tanstack/react-router'
import { use, useEffect, useState, type ComponentType } from 'react'
import { connection, probe } from '@/api/connection'
import { Failed } from '@/components/states'
import { NOT_LOADED } from '@/components/ui/part'
import { reload } from '@/lib/reload'
import type { PageCode } from './pageCode'
import { texts } from './texts'

/** That the app was loaded anew for a page, which it is once: what fails then is no matter of releases. */
const RELOADED = 'netbird-platform.reloaded-for'

/**
 * A page with code of its own. Should that not come, the page says so in its place, and comes by itself when the server is
 * back. The router's own way would load the whole app anew, of which nothing is left without a connection; that is for a
 * server that answers, and has a newer release.
 */
export function lazyPage({ load, name }: PageCode): RouteComponent {
  let Loaded: ComponentType | undefined
  let failure: unknown
  let loading: Promise<void> | undefined

  const preload = (): Promise<void> => {
    loading ??= load()
      .then((module) => {
        Loaded = (module as Record<string, ComponentType>)[name]
        failure = undefined
        if (sessionStorage.getItem(RELOADED) === name) sessionStorage.removeItem(RELOADED)
      })
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        loading = undefined
      })
    return loading
  }

  function Missing({ onCome }: { onCome: () => void }) {
    const [trying, setTrying] = useState(true)
    const again = () => {
      setTrying(true)
      void preload().then(() => {
        setTrying(false)
        if (Loaded) onCome()
      })
    }

    useEffect(() => {
      void probe().then(async (answers) => {
        // It may be back by now.
        if (answers) await preload()
        if (Loaded) onCome()
        else if (!answers || sessionStorage.getItem(RELOADED) === name) setTrying(false)
        else {
          sessionStorage.setItem(RELOADED, name)
          reload()
        }
      })
      // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once, when it is missed
    }, [])

    useEffect(() => {
      window.addEventListener('online', again)
      const stop = connection.subscribe(({ lostAt }, before) => {
        if (lostAt === null && before.lostAt !== null) again()
      })
      return () => {
        window.removeEventListener('online', again)
        stop()
      }
    })

    return <Failed error={NOT_LOADED} what={texts.page.this} retrying={trying} onRetry={again} />
  }

  function LazyPage() {
    const [, setCome] = useState(false)
    if (Loaded) return <Loaded />
    if (failure !== undefined) return <Missing onCome={() => setCome(true)} />
    use(preload())
    return null
  }

  return Object.assign(LazyPage, { preload })
}
