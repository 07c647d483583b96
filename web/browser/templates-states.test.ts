import { expect, inEachView, press, test, tick } from './stage'

inEachView(() => {
  test('with what is already there', async ({ see }) => {
    await see('rule-templates', { path: '/rules/templates', ready: 'You have this rule' })
    await see('rule-templates-picked', { path: '/rules/templates?pick=many-offline,server-offline', ready: 'Create 2 rules', act: (page) => page.getByText('Create 2 rules').scrollIntoViewIfNeeded() })
    await see('rules-empty-templates', { scenario: 'empty', path: '/rules', ready: 'Start from a template' })
  })

  test('what is missing stands at its field', async ({ see }) => {
    await see('rule-templates-refused', {
      path: '/rules/templates?pick=server-offline,group-half-offline',
      ready: 'Create 2 rules',
      act: async (page) => {
        await press('Create 2 rules')(page)
        await page.getByText('Name the groups that “A server is offline” and “A group loses half of its peers” are about.').waitFor()
      },
    })
  })

  test('not for viewers', async ({ see }) => {
    await see('rule-templates-viewer', { scenario: 'viewer', path: '/rules/templates', ready: 'You do not have access to this' })
  })
})

test.describe('templates', () => {
  test('are one press for whoever has no rule', async ({ visit }) => {
    const page = await visit('/rules', { scenario: 'empty' })
    await page.getByRole('link', { name: 'Start from a template' }).click()
    await press('Create 4 rules')(page)
    await page.getByText('4 rules are watching.').waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/rules$/)
  })

  test('are chosen in the address, and say what was there already', async ({ visit }) => {
    const page = await visit('/rules/templates')
    await tick(page.getByRole('checkbox', { name: 'A login has expired' }))
    await tick(page.getByRole('checkbox', { name: 'A server is offline' }))
    await expect.poll(() => new URL(page.url()).search).toBe('?pick=server-offline,login-expired')
    await page.getByRole('combobox', { name: /^Peers of these groups/ }).fill('serv')
    await page.getByRole('option', { name: /^servers/ }).click()
    await page.getByRole('checkbox', { name: /Duty officers/ }).check()
    await press('Create 2 rules')(page)
    await page.getByText('Rule “A server is offline” is watching. “A login has expired” was there already.').waitFor()
  })

  test('are adjusted before they are a rule', async ({ visit }) => {
    const page = await visit('/rules/templates')
    await page.getByRole('link', { name: /^Adjust it first ?: Many peers/ }).click()
    await page.getByText('When less than 70 % of the peers of the network are online').waitFor()
    await expect.poll(() => page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Many peers are offline at once')
  })
})
