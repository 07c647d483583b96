import type { Page } from '@playwright/test'
import { expect, inEachView, test, tick } from './stage'

const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const rows = (page: Page) => page.getByRole('table', { name: 'Changes' }).locator('tr[data-row]')

inEachView(() => {
  test('one change', async ({ see }) => {
    await see('change', { path: '/changes?change=acc-hq_1_0_0', ready: 'Rules › ssh › ports' })
    await see('change-group', { path: '/changes?change=acc-hq_2_0_0', ready: 'and 61 more' })
    await see('change-span', { path: '/changes?change=acc-hq_4_0_0', ready: 'NetBird’s log does not tell' })
    await see('change-gone', { path: '/changes?change=acc-hq_99_0_0', ready: 'There is no such change' })
  })
})

test('changes are narrowed, opened, and followed to all of one thing', async ({ open }) => {
  const page = await open()
  await page.goto('/changes?kind=,&time=moon')
  await page.getByText('ports: 443 added').first().waitFor()
  await at(page).toEqual({})
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'What', exact: true }).click()
  await tick(page.getByRole('checkbox', { name: 'Group', exact: true }))
  await at(page).toEqual({ list: 'groups' })
  await expect.poll(() => rows(page).count()).toBe(2)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Group “servers”' }).click()
  await at(page).toEqual({ list: 'groups', change: 'acc-hq_2_0_0' })
  await page.getByRole('dialog').getByText('web-2', { exact: true }).waitFor()
  await page.getByRole('dialog').getByRole('link', { name: 'All changes of this' }).click()
  await at(page).toEqual({ item: 'group-acc-hq-servers' })
  await page.getByRole('button', { name: 'Remove filter Item: servers' }).waitFor()
  await expect.poll(() => rows(page).count()).toBe(1)
})
