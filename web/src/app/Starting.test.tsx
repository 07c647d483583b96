import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Starting } from './Starting'

const outline = (pathname: string) => {
  const { container, unmount } = render(<Starting pathname={pathname} />)
  expect(screen.getByRole('status')).toHaveTextContent('Starting')
  const bones = container.querySelectorAll('.skeleton').length
  const bars = container.querySelectorAll('.border-r, .border-b').length
  unmount()
  return bones > 0 && bars === 0 ? 'card' : bones === 0 && bars === 2 ? 'frame' : 'neither'
}

test.each([
  ['/t/acme-networks-3f9c21ab/peers', 'frame'],
  ['/peers', 'frame'],
  ['/', 'frame'],
  ['/sign-in', 'card'],
  ['/sso/acme', 'card'],
  ['/reset-password', 'card'],
  // A page of a tenant that only begins like one of those before it.
  ['/sign-in-log', 'frame'],
])('the outline of %s is that of a %s', (pathname, what) => {
  expect(outline(pathname)).toBe(what)
})
