import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'

export function NotFound() {
  return (
    <Empty
      icon={Compass}
      title="No such page"
      action={
        <Link to="/" className={buttonClass('primary')}>
          Go to the overview
        </Link>
      }
    >
      The address may be mistyped, or the page has moved.
    </Empty>
  )
}
