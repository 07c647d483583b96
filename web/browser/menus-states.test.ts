import { expect, test } from 'vitest'
import { screenshot, tellIfFailed } from './chromium'
import { stage } from './visit'

const { mock, open } = stage()

async function visit(path: string, phone = false) {
  mock.scenario = 'full'
  const tab = await open(phone ? { phone } : {})
  tellIfFailed([tab])
  await tab.page.goto(path)
  return tab
}

test('the menus of the header open by pointer and by keys, the first time as ever', async () => {
  const { page, errors, close } = await visit('/')
  const theme = page.getByRole('button', { name: 'Theme' })
  await theme.focus()
  await page.keyboard.press('Enter')
  const isAt = (name: string) => page.getByRole('menuitemradio', { name }).and(page.locator(':focus')).waitFor()
  await isAt('Follow the system')
  await page.keyboard.press('ArrowDown')
  await isAt('Light')
  await page.keyboard.press('ArrowDown')
  await isAt('Dark')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await theme.and(page.locator(':focus')).waitFor()

  await page.getByRole('button', { name: /^Sync: / }).click()
  await page.getByRole('dialog', { name: 'Sync of each account' }).getByText('Field', { exact: true }).waitFor()
  await screenshot(page, 'menus-sync')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Account: All accounts' }).click()
  await page.getByRole('menuitemradio', { name: 'HQ' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('?account=acc-hq')
  await page.getByRole('button', { name: 'Account: HQ' }).click()
  await page.getByRole('menuitemradio', { name: 'HQ', checked: true }).waitFor()
  expect(errors).toEqual([])
  await close()
})

test('on a phone they open in the drawer', async () => {
  const { page, errors, close } = await visit('/', true)
  await page.getByRole('button', { name: 'Open navigation' }).tap()
  const drawer = page.getByRole('dialog', { name: 'Navigation' })
  await drawer.getByRole('button', { name: 'Account: All accounts' }).tap()
  await page.getByRole('menuitemradio', { name: 'Field' }).tap()
  await expect.poll(() => new URL(page.url()).search).toBe('?account=acc-field')
  await drawer.getByRole('button', { name: /^Tenant: / }).tap()
  await page.getByRole('menuitem', { name: 'Tenant settings' }).waitFor()
  await screenshot(page, 'menus-drawer')
  expect(errors).toEqual([])
  await close()
})

test('without a connection what opens is missed, and the page is not', async () => {
  const { page, errors, close } = await visit('/')
  await page.getByText('A day ago').first().waitFor()
  await page.context().setOffline(true)
  await page.keyboard.press('Control+K')
  await page.getByText('This could not be loaded. Check your connection, then try again.').waitFor()
  await page.getByText('router-02 is offline').first().waitFor()
  await screenshot(page, 'menus-offline')
  await page.context().setOffline(false)
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  expect(errors).toEqual([])
  await close()
})
