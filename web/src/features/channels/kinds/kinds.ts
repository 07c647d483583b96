import type { ChannelConfig } from '@/api/types'
import type { ChannelKind } from '@/components/channels'
import { discord } from './discord'
import { email } from './email'
import type { ChannelKindForm } from './kind'
import { ntfy } from './ntfy'
import { onCall } from './onCall'
import { opsgenie } from './opsgenie'
import { pagerduty } from './pagerduty'
import { slack } from './slack'
import { teams } from './teams'
import { telegram } from './telegram'
import { unknownKind } from './unknown'
import { webhook } from './webhook'

const FORMS: Readonly<Record<ChannelKind, ChannelKindForm>> = { email, on_call: onCall, webhook, slack, teams, discord, pagerduty, opsgenie, telegram, ntfy }

/** What the form knows of a kind; of one that a newer API has, nothing. */
export const formOf = (type: string): ChannelKindForm => (Object.hasOwn(FORMS, type) ? FORMS[type as ChannelKind] : unknownKind)

/** Where messages of a channel go, as far as it is shown. */
export const whereTo = (config: ChannelConfig): string => formOf(config.type).whereTo(config)
