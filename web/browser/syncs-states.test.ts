import { expect, inEachView, test } from './stage'

inEachView(() => {
  test('the log of syncs: with its calls, loading, none yet, no such account, failed, not allowed', async ({ see }) => {
    const path = '/settings/accounts/acc-hq/syncs'
    await see('syncs-calls', { path, ready: '120 quiet syncs, 41 ms median', act: (page) => page.getByText('14 calls').click() })
    await see('syncs-loading', { scenario: 'slow', path, ready: 'Loading' })
    await see('syncs-empty', { scenario: 'empty', path, ready: 'No sync yet' })
    await see('syncs-gone', { path: '/settings/accounts/acc-gone/syncs', ready: 'No such account' })
    await see('syncs-failed', { scenario: 'failed', path, ready: 'Could not load' })
    await see('syncs-forbidden', { scenario: 'forbidden', path, ready: 'You do not have access to' })
  })

  test('the alerts about a peer: some, and none', async ({ see }) => {
    await see('peer-alerts', { path: '/peers/peer-3?of=acc-hq', ready: 'Rule “Servers below 8”' })
    await see('peer-alerts-none', { path: '/peers/peer-14?of=acc-hq', ready: 'No alert was ever about it' })
  })
})

test('the way from an account to its log, and from a peer to its alerts', async ({ open }) => {
  const page = await open()
  await page.goto('/settings/accounts')
  await page.getByRole('link', { name: /^Sync log of/ }).first().click()
  await page.getByText('2 changes of peer status').waitFor()
  await page.getByText('Since the newest: 33 quiet syncs, 40 ms median.').waitFor()
  await page.goto('/peers/peer-3?of=acc-hq')
  await page.getByRole('link', { name: 'All its alerts' }).click()
  await page.getByRole('button', { name: 'Remove filter Peer: laptop-03' }).waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('peer')).toBe('acc-hq/peer-3')
})
