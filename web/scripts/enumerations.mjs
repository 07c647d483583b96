// The API's document types these properties as text. Their values are part of the contract all
// the same, and the types of the app are worth nothing without them.

const severity = ['low', 'medium', 'high', 'critical']
const role = ['owner', 'admin', 'network_admin', 'viewer']
// A provider makes nobody an owner.
const givenRole = role.filter((name) => name !== 'owner')
const apiStatus = ['healthy', 'degraded', 'down']
const recipientStatus = ['pending', 'confirmed', 'declined']
const reason = [
  'token_rejected',
  'token_deleted',
  'user_blocked',
  'permission_denied',
  'unreachable',
  'timeout',
  'not_netbird',
  'address_refused',
  'certificate',
  'rate_limited',
  'server_error',
  'too_many_rows',
  'crowded',
]

export const ENUMERATIONS = {
  'Account.apiStatus': apiStatus,
  'Account.status': ['pending', 'syncing', 'healthy', 'degraded', 'unreachable', 'paused'],
  'AccountHealth.apiStatus': apiStatus,
  'Alert.severity': severity,
  'Alert.status': ['open', 'acknowledged', 'resolved', 'suppressed'],
  'AlertRule.severity': severity,
  'CreateAlertRule.severity': severity,
  'Notification.channel': ['email', 'webhook'],
  'Notification.event': ['fired', 'resolved', 'repeated'],
  'Notification.status': ['pending', 'delivered', 'failed', 'held', 'superseded'],
  'NewUser.role': role,
  'Peer.status': ['online', 'offline', 'unconfirmed'],
  'PlatformUser.method': ['password', 'sso'],
  'PlatformUser.role': role,
  'PlatformUser.status': ['active', 'inactive', 'invited'],
  'Problem.reason': reason,
  'PutSso.defaultRole': givenRole,
  'Recipient.status': recipientStatus,
  'RecipientRequest.status': recipientStatus,
  'RoleMapping.role': givenRole,
  'RoleView.name': role,
  'SessionView.method': ['password', 'sso'],
  'ShownInvitation.role': role,
  'SsoSettings.defaultRole': givenRole,
  'StatusReason.code': [...reason, 'request_refused', 'malformed_answer', 'implausible_answer', 'not_synced'],
  'SystemHealth.apiStatus': [...apiStatus, 'unknown'],
  'TenantOfUser.role': role,
  'UserChange.role': role,
  'UserProfile.role': role,
  'UserProfile.signInMethod': ['password', 'sso', 'token'],
}
