import { expect, test } from 'vitest'
import { tellIfFailed } from './chromium'
import { stage } from './visit'

const { mock, open } = stage()

test('a page whose code was never loaded says that there is no connection, and comes when there is one', async () => {
  mock.scenario = 'full'
  const tab = await open()
  const { page, errors, close } = tab
  tellIfFailed([tab])
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
  expect(errors).toEqual([])
  await close()
})
