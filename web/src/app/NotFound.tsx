import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { texts } from './texts'

export function NotFound() {
  return (
    <Empty
      icon={Compass}
      title={texts.notFound.title}
      action={
        <Link to="/" className={buttonClass('primary')}>
          {texts.notFound.overview}
        </Link>
      }
    >
      {texts.notFound.why}
    </Empty>
  )
}
