import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { texts } from './texts'

/** In the place of a page about an account that is not there, or not in this tenant. */
export function NoSuchAccount() {
  return (
    <Empty
      icon={SearchX}
      title={texts.noSuch.title}
      action={
        <Link to="/settings/accounts" className={buttonClass()}>
          {texts.noSuch.all}
        </Link>
      }
    >
      {texts.noSuch.why}
    </Empty>
  )
}
