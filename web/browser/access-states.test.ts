import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeViolations, expect, inEachView, screenshot, test } from './stage'

const LAPTOPS = 'group:group-acc-hq-laptops'
const SERVERS = 'group:group-acc-hq-servers'
const asks = (more = '', from = LAPTOPS, to = SERVERS) => `/access?of=acc-hq&from=${from}&to=${to}${more}`

inEachView(() => {
  test('answers', async ({ see }) => {
    await see('access-allowed', { path: asks('&protocol=tcp&port=443'), ready: 'Every peer of laptops can reach servers on TCP 443.' })
    await see('access-partial', { path: asks(), ready: '12 allowed, 20 denied and 8 not known' })
    await see('access-denied', { path: asks('&port=22'), ready: 'posture check "min-version"' })
    await see('access-unknown', { path: asks('&protocol=icmp'), ready: 'Missing or old, as the last try to read them failed: posture checks.' })
    await see('access-ways', { path: asks('', 'user:grace', 'domain:intranet.example'), ready: 'and 3 other ways that are not listed' })
    await see('access-nothing-leads', { path: asks('', 'any', 'address:8.8.8.8'), ready: 'NetBird decides nothing about it' })
    await see('access-resource', { path: asks('', 'peer:peer-1', 'resource:wiki'), ready: 'laptop-01 can reach wiki' })
  })

  test('what cannot be answered', async ({ see }) => {
    await see('access-gone-from', { path: asks('', 'peer:gone'), ready: 'The peer that you ask from (gone) is no longer there' })
    await see('access-gone-to', { path: asks('', LAPTOPS, 'resource:gone'), ready: 'The resource to be reached (gone) is no longer there' })
    await see('access-gone-account', { path: asks().replace('acc-hq', 'acc-gone'), ready: 'This account is no longer there' })
    await see('access-large', { path: asks('&port=409'), ready: 'This network is too large to be judged' })
    await see('access-same', { path: asks('', 'peer:peer-1', 'peer:peer-1'), ready: 'Must be another peer than the one that is asked from' })
    await see('access-half', { path: `/access?of=acc-hq&to=${SERVERS}`, ready: 'Can laptops reach servers?' })
    await see('access-failed', { scenario: 'failed', path: asks(), ready: 'Could not load the answer' })
    await see('access-forbidden', { scenario: 'forbidden', path: asks(), ready: 'You do not have access to who can reach what' })
  })
})

const search = (page: Page) => expect.poll(() => new URL(page.url()).search)

test('a question is asked, turned round and narrowed by keys alone, and all of it is in the address', async ({ visit }) => {
  const page = await visit('/access')
  const isAt = (role: 'combobox' | 'button' | 'textbox', name: string) => page.getByRole(role, { name, exact: true }).and(page.locator(':focus')).waitFor()
  const from = page.getByRole('combobox', { name: 'From', exact: true })
  await from.focus()
  await page.keyboard.type('lap')
  await page.getByRole('option', { name: /^laptops/ }).waitFor()
  await page.getByRole('option', { name: /^laptop-01/ }).waitFor()
  await page.keyboard.press('Enter')
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}`)
  await page.getByText('Can laptops reach servers?').waitFor()
  await page.keyboard.press('Tab')
  await isAt('button', 'The other way round')
  await page.keyboard.press('Tab')
  await isAt('combobox', 'to')
  await page.keyboard.press('ArrowDown')
  await page.getByRole('listbox', { name: 'to' }).getByRole('group', { name: 'Network resources' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByRole('combobox', { name: 'to', exact: true }).getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.type('serv')
  await page.getByRole('option', { name: /^servers/ }).waitFor()
  await page.keyboard.press('Enter')
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}&to=${SERVERS}`)
  await page.getByText('12 of 40 pairs').first().waitFor()

  await page.keyboard.press('Shift+Tab')
  await isAt('button', 'The other way round')
  await page.keyboard.press('Enter')
  await search(page).toBe(`?of=acc-hq&from=${SERVERS}&to=${LAPTOPS}`)
  await page.goBack()
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}&to=${SERVERS}`)

  const protocol = page.getByRole('combobox', { name: 'Protocol' })
  await protocol.focus()
  await page.keyboard.press('t')
  await search(page).toContain('protocol=tcp')
  await page.keyboard.press('Tab')
  await isAt('textbox', 'port')
  await page.keyboard.type('22')
  await page.keyboard.press('Enter')
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}&to=${SERVERS}&protocol=tcp&port=22`)
  await page.getByText('No peer of laptops can reach servers on TCP 22.').waitFor()
  await isAt('textbox', 'port')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('99999')
  await page.getByText('0 to 65535').waitFor()
  await protocol.selectOption('icmp')
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}&to=${SERVERS}&protocol=icmp`)
  await expect(page.getByRole('textbox', { name: 'port' })).toBeDisabled()
})

test('users, everybody, domains and addresses are asked about, and what is typed is said to be so', async ({ visit }) => {
  const page = await visit('/access?of=acc-hq')
  const [from, to] = [page.getByRole('combobox', { name: 'From', exact: true }), page.getByRole('combobox', { name: 'to', exact: true })]
  await from.focus()
  await page.keyboard.type('grace')
  await page.getByRole('option', { name: /^Grace Hopper/ }).click()
  await to.focus()
  await page.keyboard.type('10.9.0.0/16')
  await page.getByRole('group', { name: 'Address, as typed' }).getByRole('option', { name: /^10\.9\.0\.0\/16/ }).click()
  await search(page).toBe('?of=acc-hq&from=user:grace&to=address:10.9.0.0%2F16')
  await page.getByRole('region', { name: 'What leads there' }).getByRole('link', { name: /^Ask about this alone: legacy/ }).click()
  await search(page).toBe('?of=acc-hq&from=user:grace&to=route:route-legacy')
  await to.focus()
  await page.keyboard.type('db.corp.example')
  await page.getByRole('group', { name: 'Domain, as typed' }).getByRole('option').click()
  await search(page).toBe('?of=acc-hq&from=user:grace&to=domain:db.corp.example')
  await from.focus()
  await page.keyboard.type('every')
  await page.getByRole('option', { name: /^Every peer/ }).click()
  await search(page).toBe('?of=acc-hq&from=any&to=domain:db.corp.example')
  await expect.poll(() => from.inputValue()).toBe('Every peer')
  await page.goto('/access?of=acc-hq&from=any:any&to=address:10.0.0.0/99')
  await search(page).toBe('?of=acc-hq')
})

test('what would have to change is tried by a press', async ({ visit }) => {
  const page = await visit(asks('&protocol=tcp&port=22'))
  const turning = page.getByRole('region', { name: 'What would have to change' })
  await turning.getByText('laptop-13 would have to run client 0.60.0 or later').waitFor()
  expect(await turning.getByRole('link', { name: /^Try it/ }).count()).toBe(2)
  await turning.getByRole('link', { name: /^Try it: Switch policy/ }).click()
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/access\/change$/)
  await page.getByText('3 pairs close, none opens').waitFor()
  expect(new URL(page.url()).searchParams.get('port')).toBe('22')
})

test('every pair of an answer is saved, in as many parts as there are', async ({ visit }) => {
  const page = await visit(asks())
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV of all pairs' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^access-pairs-.*\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(41)
  expect(lines.filter((line) => line.startsWith('peer-40,'))).toHaveLength(1)
  await page.getByText('The file was saved.').waitFor()
})

test('the rule is linked, the link is copied, and what was asked before is at hand', async ({ visit }) => {
  const page = await visit(asks('&port=22'))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('Copied the link to this question.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  await page.getByRole('link', { name: 'Ask something else' }).click()
  await search(page).toBe('?of=acc-hq')
  const before = page.getByRole('region', { name: 'Asked before' })
  await before.getByRole('link', { name: /laptops → servers on port 22.*Denied/ }).click()
  await page.getByRole('region', { name: 'Why' }).getByRole('link', { name: 'Policy Laptops to servers, rule 1' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/policies\/laptops$/)
  await search(page).toBe('?of=acc-hq')
  await page.getByText('laptops may reach servers').waitFor()
})

test('a network that is read anew is asked about again by itself, and told of while it is', async ({ visit }) => {
  const page = await visit('/access')
  let reading = true
  await page.route('**/api/access/check?*', (route) =>
    reading
      ? route.fulfill({ status: 503, headers: { 'retry-after': '1', 'content-type': 'application/problem+json' }, body: JSON.stringify({ type: 'https://netbird-platform.dev/problems/unavailable', title: 'Not available just now', status: 503, detail: 'the network is being read anew', requestId: '0193c000' }) })
      : route.fallback(),
  )
  await page.goto(asks())
  await page.getByText('This page asks again by itself every 1 s').waitFor()
  await screenshot(page, 'access-reading')
  expect(await axeViolations(page)).toEqual([])
  reading = false
  await page.getByText('12 of 40 pairs').first().waitFor()

  await page.goto(asks('&port=503'))
  await page.getByRole('heading', { name: 'The network is still being read anew' }).waitFor()
  await screenshot(page, 'access-still-reading')
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByRole('heading', { name: 'The network is still being read anew' }).waitFor()
})

test('without a connection the answer stays, and is not said to be fresh', async ({ visit }) => {
  const page = await visit(asks())
  await page.getByText('12 of 40 pairs').first().waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByText(/^Not refreshed since/).waitFor()
  await page.getByText('12 of 40 pairs').first().waitFor()
  await screenshot(page, 'access-offline')
})

test('the page of a peer says whom it reaches and who reaches it', async ({ visit }) => {
  const page = await visit('/peers/peer-14?of=acc-hq')
  for (const [title, address] of [
    ['Can reach', 'from=peer:peer-14&to=any'],
    ['Can be reached by', 'from=any&to=peer:peer-14'],
  ] as const) {
    const card = page.getByRole('region', { name: title })
    await card.getByText(/^On /).waitFor()
    await card.getByText(/^\d+ of \d+ peers?( for sure, \d+ perhaps)?$/).waitFor()
    const link = card.getByRole('link', { name: /^The whole answer/ })
    expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toContain(address)
  }
})

test('peers, groups, users, policies, networks and routes lead to their questions', async ({ visit }) => {
  const page = await visit('/peers/peer-14?of=acc-hq')
  await page.getByRole('link', { name: 'Who can reach this' }).click()
  await search(page).toBe('?of=acc-hq&to=peer:peer-14')
  await expect.poll(() => page.getByRole('combobox', { name: 'to', exact: true }).inputValue()).toBe('edge-14')
  await page.getByText('Can laptops reach edge-14?').waitFor()

  await page.goto('/groups?account=acc-hq')
  await page.getByRole('button', { name: 'Who reaches what: servers' }).click()
  await page.getByRole('menuitem', { name: 'What this reaches' }).click()
  await search(page).toBe(`?of=acc-hq&from=${SERVERS}&account=acc-hq`)

  await page.goto('/policies')
  await page.getByRole('button', { name: 'Who reaches what: Laptops to servers' }).click()
  await page.getByRole('menuitem', { name: 'Can laptops reach servers on TCP?' }).click()
  await search(page).toBe(`?of=acc-hq&from=${LAPTOPS}&to=${SERVERS}&protocol=tcp`)

  await page.goto('/networks')
  await page.getByRole('button', { name: 'Who reaches what: office' }).click()
  await page.getByRole('menuitem', { name: 'Who can reach wiki' }).click()
  await search(page).toBe('?of=acc-hq&to=resource:wiki')
  await expect.poll(() => page.getByRole('combobox', { name: 'to', exact: true }).inputValue()).toBe('wiki')

  await page.goto('/networks/office?of=acc-hq')
  await page.getByRole('main').getByRole('button', { name: 'Who can reach this' }).click()
  await page.getByRole('menuitem', { name: 'wiki' }).click()
  await search(page).toBe('?of=acc-hq&to=resource:wiki')

  await page.goto('/users/grace?of=acc-hq')
  await page.getByRole('link', { name: 'What this reaches' }).click()
  await search(page).toBe('?of=acc-hq&from=user:grace')
  await expect.poll(() => page.getByRole('combobox', { name: 'From', exact: true }).inputValue()).toBe('Grace Hopper')

  await page.goto('/users?account=acc-hq')
  await page.getByRole('button', { name: 'Who reaches what: Grace Hopper' }).click()
  await page.getByRole('menuitem', { name: 'Who can reach this' }).click()
  await search(page).toBe('?of=acc-hq&to=user:grace&account=acc-hq')

  await page.goto('/routes')
  await page.getByRole('link', { name: 'Who can reach this: legacy' }).click()
  await search(page).toBe('?of=acc-hq&to=route:route-legacy')
})

test('on a phone the question and its answer work by touch', async ({ visit }) => {
  const page = await visit('/access', { phone: true })
  await page.getByRole('combobox', { name: 'In' }).selectOption('acc-hq')
  await page.getByRole('combobox', { name: 'From', exact: true }).tap()
  await page.getByRole('option', { name: /^laptops/ }).tap()
  await page.getByRole('combobox', { name: 'to', exact: true }).tap()
  await screenshot(page, 'access-phone-choosing')
  await page.getByRole('option', { name: /^servers/ }).tap()
  await page.getByText('12 of 40 pairs').first().waitFor()
  await page.getByRole('textbox', { name: 'port' }).fill('443')
  await page.getByText('Every peer of laptops can reach servers on TCP 443.').waitFor()
  expect(await axeViolations(page)).toEqual([])
})
