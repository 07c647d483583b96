import { test } from './stage'

test('a page whose code was never loaded says that there is no connection, and comes when there is one', async ({ open }) => {
  const page = await open()
  await page.goto('/')
  await page.getByText('API works').waitFor()
  await page.context().setOffline(true)
  await page.getByText(/^Not connected since \d\d:\d\d$/).waitFor()
  // By its key, as a pointer on its way would have its code loaded.
  await page.getByRole('link', { name: 'Audit trail', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Could not load this page' }).waitFor()
  await page.getByText(/^Not connected since \d\d:\d\d$/).waitFor()
  await page.context().setOffline(false)
  await page.getByText('Acknowledged an alert').first().waitFor()
})
