import type { Page } from '@playwright/test'
import { expect, SOON } from './host'

/** The link in the newest mail to somebody, as the app lists it to an operator where no mail server is set up. */
export async function linkMailedTo(operator: Page, email: string, path: string): Promise<string> {
  await operator.goto('/settings/mail')
  const links = operator.getByRole('list', { name: 'Links in this mail' }).getByRole('link')
  const find = async () => {
    await operator.reload()
    await operator.getByRole('table', { name: 'Mails' }).or(operator.getByText('No mail yet')).waitFor()
    const mails = operator.getByRole('row').filter({ hasText: email }).getByRole('link')
    for (let index = 0; index < (await mails.count()); index += 1) {
      await mails.nth(index).click()
      await links.first().waitFor()
      const found = (await links.allTextContents()).find((link) => link.includes(`${path}#token=`))
      if (found) return found
    }
    return undefined
  }
  let link: string | undefined
  await expect.poll(async () => (link = await find()), SOON).toBeDefined()
  return link ?? ''
}
