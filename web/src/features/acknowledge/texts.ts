export const texts = {
  title: {
    acknowledgeAlert: 'Acknowledge alert',
  },
  allAlerts: {
    seeAllAlerts: 'See all alerts',
  },
  about: {
    account: 'Account',
    for: 'For',
    told: 'Told',
    lasting: '{lasting} <mark>since</mark> {when}',
  },
  broken: {
    failed: 'This link does not work',
    messageOlderThanThree: 'The message is older than three days, the alert was acknowledged and opened again since, or part of the link is missing.',
    openLinkFromNewest: 'Open the link from the newest message about the alert, or sign in.',
  },
  settled: {
    byOn: 'By {name} on {when}',
    on: 'On {when}',
    acknowledged: 'Acknowledged',
    othersSeeSomebodyOn: 'The others see that somebody is on it, and nobody else is told. The alert stays until it is over. You can close this page.',
    alreadyAcknowledged: 'Already acknowledged',
    somebodyOnThereNothing: 'Somebody is on it: there is nothing left to do here.',
    suppressed: 'Suppressed',
    nothingToldAlertFor: 'Nothing is told of this alert for now. If it is still so when that is over, it opens again.',
    over: 'It is over',
    alertResolvedThereNothing: 'The alert is resolved: there is nothing left to acknowledge.',
    wasNotAcknowledgedOpen: 'It was not acknowledged. Open the link again to try once more.',
  },
  answer: {
    acknowledge: 'Acknowledge',
    failed: 'It was not acknowledged',
    message: 'Message',
    messageHint: 'For whoever reads the alert later, such as “On my way”.',
  },
  opened: {
    alert: 'the alert',
  },
} as const
