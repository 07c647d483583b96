import type { NetbirdSettings } from '../src/api/types'
import { before, DAY } from './times'
import { gone, HQ } from './network-data'

/** How the network of the first account is set; the other's server does not tell. */
export const netbirdAccount = (): NetbirdSettings => ({
  ...HQ,
  id: 'd3b07384-hq',
  domain: 'acme.example',
  createdAt: before(400 * DAY),
  createdBy: { id: 'ada', name: 'Ada Lovelace' },
  settings: {
    peerLoginExpirationEnabled: true,
    peerLoginExpiration: 7 * 24 * 3600,
    peerInactivityExpirationEnabled: false,
    peerInactivityExpiration: 600,
    peerApprovalEnabled: false,
    userApprovalRequired: true,
    groupsPropagationEnabled: true,
    jwtGroupsEnabled: true,
    jwtGroupsClaimName: 'groups',
    jwtAllowGroups: ['staff', 'the-whole-night-shift-of-the-warehouse-in-lyon-second-floor'],
    regularUsersViewBlocked: true,
    routingPeerDnsResolutionEnabled: true,
    lazyConnectionEnabled: false,
    localAuthDisabled: false,
    localMfaEnabled: false,
    dnsDomain: 'netbird.acme.example',
    networkRange: '100.101.0.0/16',
    autoUpdateVersion: 'disabled',
  },
  dnsSettings: { disabledManagementGroups: [{ id: 'group-servers', name: 'servers' }, gone('group-gone')], disabledManagementGroupsCount: 5 },
})
