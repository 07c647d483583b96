import { test } from './stage'

test('a start without a server goes on by itself once that answers', async ({ open }) => {
  const page = await open()
  await page.route('**/api/**', (route) => route.abort())
  await page.goto('/events')
  await page.getByRole('heading', { name: 'The server does not answer' }).waitFor()
  await page.unroute('**/api/**')
  await page.getByText('laptop-11').first().waitFor()
})

test('a page of one account has its outline while the accounts are read', async ({ open }) => {
  const page = await open()
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/netbird/accounts', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/events?account=acc-hq')
  await page.getByText('Loading the page').waitFor({ state: 'attached' })
  letGo()
  await page.getByText('laptop-11').first().waitFor()
})
