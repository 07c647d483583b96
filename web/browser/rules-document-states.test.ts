import type { Page } from '@playwright/test'
import { expect, inEachView, press, test } from './stage'

const NEW = '  - name: Branch routers\n'
const TEXT = `version: 1\nrules:\n  - name: Routing peer down\n    conditionConfig: { duration: 10 }\n${NEW}  - name: Setup keys run out\n`

const box = (page: Page) => page.getByRole('textbox', { name: 'Rules as YAML or JSON' })

const check = async (page: Page, text: string) => {
  await box(page).fill(text)
  await press('Check the document')(page)
}

inEachView(() => {
  test('what a document would do', async ({ see }) => {
    await see('rules-import-plan', {
      path: '/rules/import?prune=1',
      ready: 'Check the document',
      act: async (page) => {
        await check(page, TEXT)
        await page.getByText('2 rules to delete').scrollIntoViewIfNeeded()
      },
    })
  })

  test('what is wrong with a document', async ({ see }) => {
    await see('rules-import-errors', {
      path: '/rules/import',
      ready: 'Check the document',
      act: async (page) => {
        await check(page, `${TEXT}  - name: broken\n`)
        await page.getByText('2 things to correct first').waitFor()
        await page.getByRole('button', { name: 'Line 7' }).first().click()
        await expect.poll(() => box(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe('  - name: broken')
      },
    })
  })

  test('nothing, and a document that was changed since', async ({ see }) => {
    await see('rules-import-nothing', {
      path: '/rules/import',
      ready: 'Check the document',
      act: async (page) => {
        await press('Check the document')(page)
        await page.getByText('Paste a document, or choose a file.').waitFor()
        await check(page, '  - name: Setup keys run out\n')
        await page.getByText('Nothing to do: the rules are as the document says.').waitFor()
        await box(page).fill(TEXT)
        await page.getByText('The document was changed since. Check it again.').waitFor()
      },
    })
  })

  test('failed, and not allowed', async ({ see }) => {
    await see('rules-import-failed', {
      scenario: 'failed',
      path: '/rules/import',
      ready: 'Check the document',
      act: async (page) => {
        await check(page, TEXT)
        await page.getByText('The document was not checked').waitFor()
      },
    })
    await see('rules-import-viewer', { scenario: 'viewer', path: '/rules/import', ready: 'You do not have access to this' })
  })
})

test.describe('rules as a document', () => {
  test('are saved from the list', async ({ visit }) => {
    const page = await visit('/rules')
    await press('Export, import')(page)
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export all rules as YAML' }).click()
    expect((await saved).suggestedFilename()).toMatch(/^alert-rules-\d{4}-\d\d-\d\d\.yaml$/)
  })

  test('are read from a file, checked, and imported', async ({ visit }) => {
    const page = await visit('/rules')
    await press('Export, import')(page)
    await page.getByRole('menuitem', { name: 'Import rules' }).click()
    await page.getByLabel('File with rules').setInputFiles({ name: 'rules.yaml', mimeType: 'application/yaml', buffer: Buffer.from(TEXT) })
    await page.getByText('rules.yaml').waitFor()
    const sent = page.waitForRequest((request) => request.url().includes('/rules/import'))
    await press('Check the document')(page)
    expect((await sent).headers()['content-type']).toBe('application/yaml')
    await page.getByText('2 rules not in the document stay').waitFor()
    await press('Import: create 1 and change 1 rule')(page)
    await page.getByText('1 rule created and 1 rule changed.').waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/rules$/)
  })
})
