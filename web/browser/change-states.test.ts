import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { AccessChange } from '../src/api/types'
import { axeViolations, expect, fits, inEachView, press, screenshot, test } from './stage'

const TRY = '/access/change'
const id = (name: string) => `group-acc-hq-${name}`
const encoded = (changes: unknown) => Buffer.from(JSON.stringify(changes)).toString('base64url')
const tried = (changes: AccessChange[], more = '&show=1') => `${TRY}?of=acc-hq&changes=${encoded(changes)}${more}`

const OFF: AccessChange = { type: 'policy_switch', id: 'wiki', enabled: false }
const DELETED: AccessChange = { type: 'policy_delete', id: 'laptops' }
const JOINED: AccessChange = { type: 'group_members', id: id('contractors'), add: ['peer-7'], remove: ['peer-4'] }
const added = (name: string): AccessChange => ({ type: 'policy_put', policy: { name, enabled: true, postureChecks: [], rules: [{ name: '', enabled: true, action: 'accept', protocol: 'tcp', ports: ['22', '5432'], bidirectional: false, sources: [id('contractors')], destinations: [id('db')] }] } })
const ADDED = added('Contractors to databases')
const MANY: AccessChange[] = [OFF, JOINED, DELETED, ADDED]

/** The changes that the address holds. */
const inAddress = (page: Page) =>
  expect.poll(() => {
    const written = new URL(page.url()).searchParams.get('changes')
    return written === null ? null : (JSON.parse(Buffer.from(written, 'base64url').toString()) as unknown)
  })
const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const combobox = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })
const hasFocus = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).and(page.locator(':focus')).waitFor()

async function choose(page: Page, field: string, typed: string, option: RegExp): Promise<void> {
  await combobox(page, field).fill(typed)
  await page.getByRole('option', { name: option }).click()
}

inEachView(() => {
  test('changes and their difference', async ({ see }) => {
    await see('change-difference', { path: tried(MANY), ready: '19 pairs open, 24 close' })
    await see('change-long', { scenario: 'long-names', path: tried(MANY), ready: '19 pairs open, 24 close' })
    await see('change-not-asked', { path: tried(MANY, ''), ready: 'Who would reach what?' })
    await see('change-policy', { path: `${TRY}?of=acc-hq&add=change-policy&about=policy:laptops`, ready: 'Peers that open connections must pass them.', act: (page) => page.getByRole('button', { name: 'Remove laptops' }).waitFor() })
    await see('change-members', { path: `${TRY}?of=acc-hq&add=members&about=peer:peer-7`, ready: 'Add to the list', act: press('Add to the list') })
  })

  test('its own states', async ({ mock, see }) => {
    await see('change-refused', { path: tried([OFF, { type: 'policy_delete', id: 'gone' }]), ready: 'Is not the id of anything in this account that this change applies to' })
    await see('change-cut', { path: `${TRY}?of=acc-hq&changes=W3sid`, ready: 'The changes of this link cannot be read' })
    await see('change-elsewhere', { path: `${TRY}?of=acc-hq&kept=0a1b2c3d`, ready: 'are not here' })
    await see('change-account-gone', { path: tried(MANY).replace('acc-hq', 'acc-gone'), ready: 'This account is no longer there' })
    await see('change-unread', { path: tried([OFF]).replace('acc-hq', 'acc-field'), ready: 'Missing or old, as the last try to read them failed: posture checks.' })
    await see('change-loading', { scenario: 'slow', path: tried(MANY), ready: 'Loading the difference' })
    await see('change-failed', { scenario: 'failed', path: tried(MANY), ready: 'Could not load the difference' })
    await see('change-forbidden', { scenario: 'forbidden', path: tried(MANY), ready: 'You do not have access to what a change would do' })
    mock.difference = 'unchanged'
    await see('change-unchanged', { path: tried(MANY), ready: 'Nothing opens or closes' })
    mock.difference = 'cut'
    await see('change-omitted', { path: tried(MANY), ready: '412 more differences, told peer by peer, are left out' })
    mock.difference = 'too-large'
    await see('change-too-large', { path: tried(MANY), ready: 'The account has too many rules and peers for these changes to be judged.' })
    mock.difference = 'read-anew'
    await see('change-read-anew', { path: tried(MANY), ready: 'The network is being read anew' })
  })
})

for (const width of [768, 1024, 1280, 1920]) {
  test(`nothing scrolls sideways at ${width}`, async ({ mock, visit }) => {
    mock.scenario = 'long-names'
    const page = await visit(tried(MANY))
    await page.setViewportSize({ width, height: 900 })
    await page.getByText('19 pairs open').waitFor()
    await screenshot(page, `change-difference-${width}`)
    await fits(page, `the difference at ${width}`)
  })
}

test('a change is put together by keys alone, and its difference is asked for and explained', async ({ visit }) => {
  const page = await visit(TRY)
  await page.getByText('Nothing is written to NetBird.').waitFor()
  await page.getByRole('button', { name: 'Switch a policy on or off' }).focus()
  await page.keyboard.press('Enter')
  await at(page).toEqual({ of: 'acc-hq', add: 'switch-policy' })
  await combobox(page, 'Policy').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('wiki')
  await page.getByRole('option', { name: /^Contractors to wiki/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  // Enter in the field opens its list; the form is sent by its button.
  await page.keyboard.press('Escape')
  await press('Add to the list')(page)
  await inAddress(page).toEqual([OFF])
  await page.getByText('Switch off policy Contractors to wiki').waitFor()
  await hasFocus(page, 'Show what would change')
  await page.keyboard.press('Enter')
  await page.getByText('3 pairs close, none opens').waitFor()
  expect(await axeViolations(page)).toEqual([])
  const closes = page.getByRole('list', { name: 'Closes' })
  await closes.getByRole('link', { name: /^Why it is open now ?: contractors to wiki$/ }).click()
  await at(page).toEqual({ of: 'acc-hq', from: `group:${id('contractors')}`, to: 'resource:wiki' })
  await page.goBack()
  // What was found is there again, and the next change is asked about at once.
  await page.getByText('3 pairs close, none opens').waitFor()
  await press('Add a change')(page)
  await page.getByRole('menuitem', { name: 'Add or remove peers of a group' }).click()
  await choose(page, 'Group', 'contr', /^contractors/)
  await press('Add to the list')(page)
  await page.getByText('Choose peers to add or to remove.').waitFor()
  await choose(page, 'Add (optional)', 'laptop-07', /^laptop-07/)
  await press('Add to the list')(page)
  await inAddress(page).toEqual([OFF, { ...JOINED, remove: [] }])
  await page.getByText('5 pairs open, 3 close').waitFor()
})

test('changes are edited, moved, removed, and the last removal is undone', async ({ visit }) => {
  const page = await visit(tried([OFF, DELETED]))
  await page.getByText('23 pairs close, none opens').waitFor()
  await press('Later: Switch off policy Contractors to wiki')(page)
  await inAddress(page).toEqual([DELETED, OFF])
  await hasFocus(page, 'Earlier: Switch off policy Contractors to wiki')
  await page.goBack()
  await inAddress(page).toEqual([OFF, DELETED])
  await press('Edit: Switch off policy Contractors to wiki')(page)
  await combobox(page, 'Switch it').selectOption('on')
  await press(/^Save$/)(page)
  await inAddress(page).toEqual([{ ...OFF, enabled: true }, DELETED])
  await hasFocus(page, 'Edit: Switch on policy Contractors to wiki')
  await press('Remove: Delete policy Laptops to servers')(page)
  await inAddress(page).toEqual([{ ...OFF, enabled: true }])
  await page.getByText('Removed: Delete policy Laptops to servers').waitFor()
  await press('Undo')(page)
  await inAddress(page).toEqual([{ ...OFF, enabled: true }, DELETED])
  await press('Remove: Delete policy Laptops to servers')(page)
  await press('Remove: Switch on policy Contractors to wiki')(page)
  await page.getByRole('group', { name: 'Begin with' }).waitFor()
  await at(page).toEqual({ of: 'acc-hq' })
})

test('a new policy is written, with what is missing said at its field', async ({ visit }) => {
  const page = await visit(`${TRY}?of=acc-hq&add=new-policy&about=group:${id('contractors')}`)
  await page.getByRole('button', { name: 'Remove contractors' }).waitFor()
  await press('Add to the list')(page)
  await page.getByText('Name the policy.').waitFor()
  await page.getByText('Choose groups, or one peer or resource.').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('Contractors to databases')
  await choose(page, 'To', 'db', /^db/)
  await combobox(page, 'Ports (optional)').fill('22, 70000,')
  await press('Add to the list')(page)
  await page.getByText('Ports from 1 to 65535').waitFor()
  await press('Remove 70000')(page)
  await combobox(page, 'Ports (optional)').fill('5432,')
  await press('Add to the list')(page)
  await page.getByText('Add policy Contractors to databases: contractors may reach db on TCP 22, 5432').waitFor()
  await press('Show what would change')(page)
  await page.getByText('14 pairs open, none closes').waitFor()
  await page.getByText('By Contractors to databases (new)').waitFor()
})

test('what is refused is said at its card, and shown once it is mended', async ({ visit }) => {
  const page = await visit(tried([OFF, { type: 'policy_delete', id: 'gone' }, { type: 'policy_put', policy: { name: 'refused', rules: [{ action: 'accept', protocol: 'all', sources: ['gone'], destinations: [id('db')] }] } }]))
  const cards = page.getByRole('region', { name: 'Changes' }).getByRole('listitem')
  await cards.nth(1).getByText('Is not the id of anything in this account that this change applies to').waitFor()
  await cards.nth(2).getByText('rule 1, from 1: is not a group of this account').waitFor()
  await press('Remove: Delete policy gone (gone)')(page)
  await press(/^Remove: Add policy refused/)(page)
  await page.getByText('3 pairs close, none opens').waitFor()
})

test('what is too long for a link stays in the tab, and says so', async ({ visit }) => {
  const page = await visit(tried(Array.from({ length: 6 }, (_, index) => added(`Contractors to databases ${index}`)), ''))
  await press('Add a change')(page)
  await page.getByRole('menuitem', { name: 'Switch a policy on or off' }).click()
  await choose(page, 'Policy', 'wiki', /^Contractors to wiki/)
  await press('Add to the list')(page)
  await page.getByText('These changes are too long for a link.').waitFor()
  await expect.poll(() => [...new URL(page.url()).searchParams.keys()]).toEqual(['of', 'kept'])
  await page.reload()
  await page.getByText('Switch off policy Contractors to wiki').waitFor()
  await press('Show what would change')(page)
  await page.getByText('84 pairs open, 3 close').waitFor()
  expect(await page.getByRole('button', { name: 'Copy link' }).count()).toBe(0)
  await screenshot(page, 'change-kept')
})

test('the file is the server’s, of every pair', async ({ visit }) => {
  const page = await visit(tried(MANY))
  await page.getByText('19 pairs open, 24 close').waitFor()
  const saved = page.waitForEvent('download')
  await press('CSV of all pairs')(page)
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^access-difference-pairs-.*\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines[0]).toBe('what,certain,from,to,on')
  expect(lines).toHaveLength(7)
  expect(lines).toContain('closes,unknown,laptops,db,TCP 5432')
})

test('a row leads here with its change filled in', async ({ visit }) => {
  const page = await visit('/policies')
  await page.getByRole('button', { name: 'Who reaches what: Contractors to wiki' }).click()
  await page.getByRole('menuitem', { name: 'Switch it off' }).click()
  await page.getByText('3 pairs close, none opens').waitFor()
  await page.goto('/groups?account=acc-hq')
  await page.getByRole('button', { name: 'Who reaches what: contractors' }).click()
  await page.getByRole('menuitem', { name: 'Add or remove peers' }).click()
  await expect.poll(() => combobox(page, 'Group').inputValue()).toBe('contractors')
  await page.goto('/peers/peer-14?of=acc-hq')
  await page.getByRole('main').getByRole('link', { name: 'Try a change' }).click()
  await at(page).toEqual({ of: 'acc-hq', add: 'members', about: 'peer:peer-14' })
  await page.getByRole('button', { name: /^Remove / }).first().waitFor()
  await page.goto('/changes?change=acc-hq_2_0_0')
  await page.getByRole('link', { name: 'Try a change of it' }).click()
  await at(page).toEqual({ of: 'acc-hq', add: 'members', about: 'group:group-acc-hq-servers' })
})

test('another account has other things to change, and what nobody understands is dropped', async ({ visit }) => {
  const page = await visit(`${TRY}?of=acc-hq&add=moon&edit=x&protocol=icmp&port=22&show=2`)
  await page.getByRole('group', { name: 'Begin with' }).waitFor()
  await at(page).toEqual({ of: 'acc-hq', protocol: 'icmp' })
  await page.goto(tried([OFF]))
  await page.getByText('3 pairs close, none opens').waitFor()
  await combobox(page, 'In').selectOption('acc-field')
  await at(page).toEqual({ of: 'acc-field' })
})

test('without connection what was found stays, and says from when it is', async ({ visit }) => {
  const page = await visit(tried([OFF]))
  await page.getByText('3 pairs close, none opens').waitFor()
  await page.route('**/api/access/difference*', (route) => route.abort())
  await press('Check again')(page)
  await page.getByText('Not refreshed since').waitFor()
  await page.getByText('3 pairs close, none opens').waitFor()
})

test('on a phone a change is put together by touch', async ({ visit }) => {
  const page = await visit(TRY, { phone: true })
  await page.getByRole('button', { name: 'Delete a policy' }).tap()
  await combobox(page, 'Policy').tap()
  await page.getByRole('option', { name: /^Laptops to servers/ }).tap()
  await page.getByRole('button', { name: 'Add to the list' }).tap()
  await page.getByRole('button', { name: 'Show what would change' }).tap()
  await page.getByText('20 pairs close, none opens').waitFor()
  await screenshot(page, 'change-phone')
  expect(await axeViolations(page)).toEqual([])
})
