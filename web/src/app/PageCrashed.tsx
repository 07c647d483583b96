import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from '@/components/states'
import { texts } from './texts'

/** Stands in for a page whose code could not be loaded or failed. */
export function PageCrashed({ error }: ErrorComponentProps) {
  return <Failed error={error} what={texts.page.this} retrying={false} onRetry={() => window.location.reload()} />
}
