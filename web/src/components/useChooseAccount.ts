import { useNavigate } from '@tanstack/react-router'

/** No account in particular, among the choices. */
export const ALL = ''

/** Narrows the page on screen to an account, or to none. */
export function useChooseAccount(): (id: string) => void {
  const navigate = useNavigate()
  return (id) => void navigate({ to: '.', search: (before: object) => ({ ...before, account: id === ALL ? undefined : id }) } as Parameters<typeof navigate>[0])
}
