import { byCount, grouped, listed, plural } from '@/lib/numbers'

export const texts = {
  channelSection: {
    tell: ({ title }: { title: string }) => `Tell: ${title}`,
    remove: ({ title }: { title: string }) => `Remove ${title}`,
    switchedOffSinceSwitch: ({ stopped }: { stopped: string }) => `Switched off, since ${stopped}. Switch it on here once it takes messages again, and save.`,
  },
  chatFields: {
    addressWebhook: ({ title }: { title: string }) => `Address of the ${title} webhook`,
    leaveEmptyKeepAddress: 'Leave it empty to keep the address.',
    slackChannel: 'Slack channel',
    slackChannelPlaceholder: '#ops',
    slackChannelHint: 'Only older webhooks heed it; others write to the channel that they were made for.',
  },
  conditionChoice: {
    watchFor: 'Watch for',
  },
  conditionFields: {
    waitingTimes: 'Waiting times',
    waitBeforeAlertOpens: 'Wait before the alert opens, in minutes',
    waitBeforeAlertOpensHint: 'The condition must hold this long without a break.',
    keepOpenAfterwardsIn: 'Keep it open afterwards, in minutes',
    keepOpenAfterwardsInHint: 'Against alerts that come and go with a flapping peer.',
  },
  editRulePage: {
    action: 'Save changes',
    failed: 'The rule was not changed',
    ruleWasChanged: ({ name }: { name: string }) => `Rule “${name}” was changed.`,
    webhook: ({ name }: { name: string }) => `The webhook of “${name}”`,
  },
  stepFields: {
    step: ({ index }: { index: number }) => `Step ${index}`,
    removeStep: ({ index }: { index: number }) => `Remove step ${index}`,
    ifNobodyAcknowledgesWithin: 'If nobody acknowledges within',
    ifNobodyAcknowledgesWithinHint: 'Minutes since the alert was told, or was open again.',
    alsoTell: 'Also tell',
  },
  escalationFields: {
    whileNobodyAcknowledgesAlert: 'While nobody acknowledges an alert, nobody else is told.',
    acknowledgingAlertStopsWhat: 'Acknowledging an alert stops what is left. Whoever was told hears when it is over.',
    stepsEscalation: 'Steps of the escalation',
    addEscalation: 'Add escalation',
    addStep: 'Add step',
    atMostSteps: ({ steps }: { steps: number }) => `At most ${steps} steps.`,
  },
  create: {
    action: 'Create rule',
    failed: 'The rule was not created',
    ruleWatching: ({ name }: { name: string }) => `Rule “${name}” is watching.`,
    webhook: ({ name }: { name: string }) => `The webhook of “${name}”`,
  },
  newRulePage: {
    rule: 'the rule',
  },
  fromTemplate: {
    template: 'the template',
  },
  emailFields: {
    emailRecipients: 'Email recipients',
    upPressEnterAfter: ({ recipients }: { recipients: number }) => `Up to ${recipients}; press Enter after each. Whoever is not a member is asked once, by mail, before the first message.`,
    emailRecipientsPlaceholder: 'ops@example.com',
  },
  notificationFields: {
    nobodyToldItsAlerts: 'Nobody is told: its alerts show in the list only.',
    ruleAlone: 'Of this rule alone',
  },
  aboutFields: {
    name: 'Name',
    namePlaceholder: 'Routing peer down',
    description: 'Description',
    descriptionHint: 'What to know or do when this fires.',
    severity: 'Severity',
    account: 'Account',
    eachAccountByItself: 'Each account by itself',
  },
  sentence: {
    title: 'In one sentence',
    unfinished: 'Complete the condition to read here when it opens an alert.',
    in: ({ accountName }: { accountName: string }) => `in ${accountName}`,
  },
  ruleForm: {
    title: 'Condition',
    whoNotified: 'Who is notified',
    escalation: 'Escalation',
    aboutRule: 'About the rule',
    correct: ({ wrong }: { wrong: number }) => `${plural(wrong, 'field')} to correct`,
  },
  sharedChannels: {
    sharedChannels: 'Shared channels',
  },
  webhookFields: {
    webhookAddress: 'Webhook address',
    leaveEmptyKeepAddress: 'Leave it empty to keep the address. At another host, enter the headers again.',
    getsPostSignedBy: 'Gets a POST signed by the Standard Webhooks scheme.',
    signingSecret: 'Signing secret',
    whsec: 'whsec_…',
    leaveEmptyKeepSecret: 'Leave it empty to keep the secret.',
    leaveEmptyHaveOne: 'Leave it empty to have one made; it is shown once, after the rule is saved.',
  },
  whatFollows: {
    peersJoinedBeforeRule: 'Peers that joined before the rule is saved are no news: it tells of those that join later.',
    whatSoAlreadyOpens: 'What is so already opens an alert when the rule is saved. Nobody hears of it who was not told before.',
    firesAfterRuleSaved: ({ wait }: { wait: string }) => `It fires ${wait} after the rule is saved, if it stays so.`,
    firesWhenRuleSaved: 'It fires when the rule is saved.',
  },
  account: {
    others: ({ rest }: { rest: number }) => plural(rest, 'other'),
    wouldWaitSince: ({ lacking }: { lacking: string }) => `it would wait, since ${lacking}`,
    nothingKnownNow: 'nothing is known now',
    nothing: 'nothing',
  },
  wouldFire: {
    title: 'What it finds now',
    in: ({ holds }: { holds: number }) => `in ${plural(holds, 'account')}`,
    nothingIn: ({ accounts }: { accounts: number }) => `Nothing, in ${plural(accounts, 'account')}.`,
  },
  wouldHaveFired: {
    alert: 'alert',
    notKnown: 'not known',
    now: 'now',
    lastDays: ({ pastDays }: { pastDays: number }) => `The last ${pastDays} days`,
    whatWouldRuleHave: 'What would this rule have told, had it been there?',
    failed: 'The past could not be looked at',
    lookingAtLastDays: ({ pastDays }: { pastDays: number }) => `Looking at the last ${pastDays} days`,
    beforeLastChange: 'Before the last change: ',
    showWhatWouldHave: 'Show what would have fired',
  },
  alerts: {
    alertsWouldHaveBeen: 'Alerts that would have been',
    inAll: ({ peers }: { peers: number }) => ` · ${peers} in all`,
    nobodyWouldHaveBeen: ' · nobody would have been told: it had begun before',
    for: ({ parse }: { parse: string }) => `for ${parse}`,
    wouldBeOpenNow: 'would be open now',
  },
  notes: {
    newestListed: ({ alerts }: { alerts: number }) => `The newest ${alerts} are listed.`,
    thereWasTooMuch: 'There was too much to look at: this is as far as {when}. What came later is not known.',
    unknown: ({ gaps }: { gaps: number }) => `${plural(gaps, 'time')} of which nothing is known`,
    unknownInAll: ({ gaps, together }: { gaps: number; together: string }) => `${plural(gaps, 'time')} of which nothing is known, ${together} in all`,
    gap: '{from} to {to}',
    gapOf: '{account}: {from} to {to}',
    removed: ({ removedPeers }: { removedPeers: number }) => byCount(removedPeers, { one: '1 peer that was removed since is left out.', other: `${grouped(removedPeers)} peers that were removed since are left out.` }),
  },
  watching: {
    mustReach: 'must reach',
    mustNotReach: 'must not reach',
    on: ({ on }: { on: string }) => ` on ${on}`,
  },
  noAddress: {
    enterAddressStartsWith: 'Enter an address that starts with https:// or http://.',
  },
  emailErrors: {
    addAtLeastOne: 'Add at least one address, or remove email.',
    atMostAddresses: ({ recipients }: { recipients: number }) => `At most ${recipients} addresses.`,
    notEmailAddress: ({ wrong }: { wrong: string }) => `“${wrong}” is not an email address.`,
  },
  webhookErrors: {
    secretStartsWithWhsec: 'A secret starts with whsec_. Leave it empty to have one made.',
  },
  escalationErrors: {
    enterWholeMinutes1: ({ minutes }: { minutes: number }) => `Enter whole minutes, 1 to ${minutes} (1 day).`,
    mustBeMoreThan: ({ before }: { before: number }) => `Must be more than the ${before} min of the step before.`,
    chooseAtLeastOne: 'Choose at least one channel, or remove the step.',
    atMostChannels: ({ channels }: { channels: number }) => `At most ${channels} channels.`,
    atMostDifferentChannels: ({ allChannels }: { allChannels: number }) => `At most ${allChannels} different channels in all steps.`,
  },
  escalationSentence: {
    withinAlsoTell: ({ lasting, names }: { lasting: string; names: string }) => `within ${lasting}, also tell ${names}`,
    ifNobodyAcknowledges: ({ parts }: { parts: string }) => `If nobody acknowledges it ${parts}.`,
  },
  pastInWords: {
    wouldNotHaveFired: 'It would not have fired.',
    times: ({ count }: { count: number }) => `${grouped(count)} times`,
    nobodyWouldHaveBeen: 'nobody would have been told',
    eachItsChannelsWould: ({ messages }: { messages: number }) => `each of its channels would have been sent ${plural(messages, 'message')}`,
    wouldHaveFired: ({ times, sent }: { times: string; sent: string }) => `It would have fired ${times}, and ${sent}.`,
  },
  validate: {
    nameRule: 'Name the rule.',
    enterWholeMinutes0: ({ wait }: { wait: number }) => `Enter whole minutes, 0 to ${wait} (1 day).`,
    atMostChannels: ({ channels }: { channels: number }) => `At most ${channels} channels.`,
  },
  audience: {
    webhookAt: ({ host }: { host: string }) => `the webhook at ${host}`,
    in: ({ title, channel }: { title: string; channel: string }) => `${title} in ${channel}`,
    tell: ({ told }: { told: readonly string[] }) => `Tell ${listed(told)}.`,
  },
  escalationNames: {
    unacknowledged: ({ steps }: { steps: string }) => `Unacknowledged ${steps}`,
    step: ({ after, channels }: { after: string; channels: readonly string[] }) => `after ${after}: ${listed(channels)}`,
  },
  groupsFound: {
    groupByGroup: 'Group by group',
    nothing: ({ quiet }: { quiet: readonly string[] }) => `${listed(quiet)}: nothing`,
  },
  recipientsTold: {
    more: ({ named, count }: { named: readonly string[]; count: number }) => `${named.join(', ')} and ${grouped(count)} more`,
  },
  looksAt: {
    peers: ({ count }: { count: number }) => `It looks at ${plural(count, 'peer')}.`,
    none: 'It looks at no peer: its groups, names, systems or users fit none there.',
  },
} as const
