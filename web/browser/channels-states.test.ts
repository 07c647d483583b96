import { expect, inEachView, press, test, type Pages } from './stage'
import { RULES } from '../mock/rule-ids'

const at = (number: number) => `/channels/0193d000-0000-7000-8000-00000000000${number}`

const PAGES: Pages = {
  channel: { path: at(2), ready: 'Servers below 8' },
  'channel-stopped': { path: at(4), ready: 'it wants no more messages' },
  'channel-failing': { path: at(8), ready: 'After five days of it' },
  'channel-mail': { path: at(6), ready: 'Not confirmed yet: oncall@partner.example' },
  'channel-gone': { path: '/channels/0193d000-0000-7000-8000-0000000000ff', ready: 'No such channel' },
  'channel-viewer': { scenario: 'viewer', path: at(1), ready: 'Where it leads' },
  'channel-edit-viewer': { scenario: 'viewer', path: `${at(1)}/edit`, ready: 'You do not have access to this' },
  'channel-failed': { scenario: 'failed', path: at(1), ready: 'Could not load the channel' },
  'channel-forbidden': { scenario: 'forbidden', path: at(1), ready: 'You do not have access to the channel' },
  'channel-slow': { scenario: 'slow', path: at(1), ready: 'Loading the channel' },
  'channels-viewer': { scenario: 'viewer', path: '/channels', ready: 'Duty officers' },
  'channel-quiet': { path: at(2), ready: 'Mon–Fri 20:00–07:00; Sat and Sun all day, except critical' },
  'channel-edit-quiet': { path: `${at(2)}/edit`, ready: 'Told at once all the same' },
  'channel-edit-pagerduty': { path: `${at(5)}/edit`, ready: '…3fA9' },
  'channel-edit-telegram': { path: `${at(8)}/edit`, ready: '…q3fA' },
  'channel-edit-webhook': { path: `${at(4)}/edit`, ready: 'whsec_…q3fA' },
}

/** Each kind's form, with words of its steps. */
const KINDS: readonly (readonly [kind: string, words: string])[] = [
  ['email', 'asked once, by mail'],
  ['webhook', 'Standard Webhooks'],
  ['teams', 'Workflows'],
  ['discord', 'Copy Webhook URL'],
  ['pagerduty', 'Events API V2'],
  ['opsgenie', 'In Opsgenie'],
  ['telegram', '@BotFather'],
  ['ntfy', 'hard to guess'],
]

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  for (const [kind, ready] of KINDS) {
    test(`a new one of the kind ${kind}`, async ({ see }) => {
      await see(`channel-new-${kind}`, { path: `/channels/new?kind=${kind}`, ready })
    })
  }

  test('a form with nothing in it says what is missing', async ({ see }) => {
    await see('channel-new-wrong', {
      path: '/channels/new?kind=slack',
      ready: 'Incoming Webhooks',
      act: async (page) => {
        await press('Create channel')(page)
        await page.getByText('Enter an address that starts with').waitFor()
        await page.getByText('Name the channel.').waitFor()
      },
    })
  })

  test('a signing secret is rotated, and the new one shown once', async ({ see }) => {
    await see('channel-rotate', {
      path: at(4),
      ready: 'messages are signed with whsec_…9xTb, too',
      act: async (page) => {
        await press('Rotate secret: What “Ticket system” sends')(page)
        await page.getByText('gets a new secret, which is shown once').waitFor()
        await press('Rotate secret')(page)
        await page.getByText('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').waitFor()
      },
    })
  })

  test('an address is replaced only when somebody asks for it', async ({ see }) => {
    await see('channel-replace', {
      path: `${at(2)}/edit`,
      ready: 'hooks.slack.com…x3Yz',
      act: async (page) => {
        await press('Replace the address of the Slack webhook')(page)
        const field = page.getByRole('textbox', { name: 'Address of the Slack webhook' })
        await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
      },
    })
  })

  test('what the server says of a field stands at the field', async ({ see }) => {
    await see('channel-refused', {
      path: `${at(4)}/edit`,
      ready: 'whsec_…q3fA',
      act: async (page) => {
        await press('Replace the webhook address')(page)
        await page.getByRole('textbox', { name: 'Webhook address' }).fill('https://elsewhere.example/x')
        await press('Save changes')(page)
        await page.getByText('Must be entered again: the address is at another host').waitFor()
      },
    })
  })

  test('an access token is taken away, or entered again for another server', async ({ see }) => {
    await see('channel-token', {
      path: `${at(7)}/edit`,
      ready: '…x9Tb',
      act: async (page) => {
        await press('Take away the access token')(page)
        await page.getByText('Is taken away').waitFor()
        await press('Keep the access token')(page)
        await page.getByRole('textbox', { name: 'Server' }).fill('https://elsewhere.example')
        await press('Save changes')(page)
        await page.getByText('Must be entered again: the server is another').waitFor()
        await page.getByRole('textbox', { name: /^Access token/ }).waitFor()
      },
    })
  })

  test('its receiver answers a test', async ({ see }) => {
    await see('channel-test', {
      path: at(2),
      ready: 'Where it leads',
      act: async (page) => {
        await press('Send test: Network operations')(page)
        await page.getByText('Delivered: 200 in 212 ms').waitFor()
      },
    })
  })

  test('one that rules use is not deleted, and says which they are', async ({ see }) => {
    await see('channel-delete', {
      path: at(1),
      ready: 'Where it leads',
      act: async (page) => {
        await press('Delete')(page)
        await press('Delete “Duty officers”')(page)
        await page.getByText('of the tenant use it: Routing peer down').waitFor()
      },
    })
  })

  test('rules choose among them', async ({ see }) => {
    await see('rule-shared-channels', {
      path: `/rules/${RULES.router}/edit`,
      ready: 'Shared channels',
      act: async (page) => {
        const section = page.getByRole('group', { name: 'Shared channels' })
        await section.getByRole('checkbox', { name: /^The whole night shift/ }).check()
        await section.scrollIntoViewIfNeeded()
      },
    })
  })
})

test.describe('a channel', () => {
  test('is switched off in the list', async ({ visit }) => {
    const page = await visit('/channels')
    const sent = page.waitForRequest((request) => request.method() === 'PUT')
    await page.getByRole('switch', { name: 'Use: Network operations' }).click()
    expect((await sent).headers()['if-match']).toBe('"1"')
    await page.getByText('“Network operations” is off: rules and routes that use it tell nobody there.').waitFor()
  })

  test('of the kind webhook shows its secret once', async ({ visit }) => {
    const page = await visit('/channels')
    await page.getByRole('link', { name: 'New channel' }).click()
    await page.getByText('Webhook', { exact: true }).click()
    await expect.poll(() => page.url()).toContain('kind=webhook')
    await page.getByRole('textbox', { name: 'Webhook address' }).fill('https://hooks.acme.example/netbird')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Hooks')
    await press('Create channel')(page)
    await page.getByText('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').waitFor()
    await press('I have stored it')(page)
    await page.getByText('Where it leads').waitFor()
  })

  test('keeps what is typed of one kind while another is looked at, and asks before it is lost', async ({ visit }) => {
    const page = await visit('/channels/new?kind=slack')
    const room = page.getByRole('textbox', { name: 'Slack channel' })
    await room.fill('#ops')
    await page.getByText('Discord', { exact: true }).first().click()
    await page.getByRole('textbox', { name: 'Address of the Discord webhook' }).waitFor()
    await page.getByText('Slack', { exact: true }).first().click()
    expect(await room.inputValue()).toBe('#ops')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Stay', exact: true }).click()
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: /^Leave/ }).click()
    await page.getByRole('table', { name: 'Channels' }).waitFor()
  })

  test('is chosen for a rule, and made in a tab of its own meanwhile', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.servers}/edit`)
    await page.getByRole('checkbox', { name: /^Duty officers/ }).check()
    await page.getByText('and Duty officers.').waitFor()
    expect(await page.getByRole('link', { name: 'New channel' }).getAttribute('target')).toBe('_blank')
    await press('Save changes')(page)
    await page.getByText('Rule “Servers below 8” was changed.').waitFor()
  })

  test('is led to from its rule, and leads to its deliveries', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}`)
    await page.getByRole('list', { name: 'Channels' }).getByRole('link', { name: 'Network operations' }).click()
    await page.getByRole('list', { name: 'Latest deliveries' }).getByRole('link', { name: 'Fired: router-02 is offline' }).waitFor()
    await page.getByRole('link', { name: 'All its deliveries' }).click()
    await page.getByRole('button', { name: 'Remove filter Shared channel: Network operations' }).waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'Deliveries' }).getByRole('row').count()).toBe(3)
  })

  test('is given quiet hours, which are said in words meanwhile', async ({ visit }) => {
    const page = await visit(`${at(7)}/edit`)
    await page.getByRole('checkbox', { name: 'Hold messages back at some hours' }).check()
    await page.getByText('22:00–07:00, except critical').waitFor()
    const first = page.getByRole('group', { name: 'Quiet hours 1' })
    for (const day of ['Saturday', 'Sunday']) await first.getByRole('checkbox', { name: day }).uncheck()
    await page.getByText('Mon–Fri 22:00–07:00, except critical').waitFor()
    await press('Add hours')(page)
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('fieldset[data-window]')?.getAttribute('data-window'))).toBe('1')
    await press('Remove quiet hours 2')(page)
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Add hours')
    await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Berlin')
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
    await press('Save changes')(page)
    expect(await (await answered).json()).toMatchObject({
      quietHours: { timeZone: 'Europe/Berlin', windows: [{ weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '22:00', to: '07:00' }], exceptSeverities: ['critical'] },
    })
    await page.getByText('Channel “Phones” was changed.').waitFor()
  })

  test('that would never tell is refused at its hours', async ({ visit }) => {
    const page = await visit(`${at(7)}/edit`)
    await page.getByRole('checkbox', { name: 'Hold messages back at some hours' }).check()
    await page.getByLabel('From').fill('07:00')
    await press('Save changes')(page)
    await page.getByText('must leave a time of the week in which the channel tells', { exact: false }).first().waitFor()
  })
})
