import type { components, operations } from './__generated__/schema'

type Schemas = components['schemas']

export type AcceptInvitation = Schemas['AcceptInvitationRequest']
export type Account = Schemas['Account']
export type AccountHealth = Schemas['AccountHealth']
export type AccountStatus = Account['status']
export type Alert = Schemas['Alert']
export type AlertNotification = Schemas['Notification']
export type AlertRule = Schemas['AlertRule']
export type AlertStatus = Alert['status']
export type ApiToken = Schemas['ApiToken']
export type AuditEntry = Schemas['AuditView']
export type AuthResponse = Schemas['AuthResponse']
export type ConditionConfig = Schemas['ConditionConfig']
export type ConnectionTest = Schemas['ConnectionTest']
export type CountedStatus = Schemas['CountedStatus']
export type TestAlertRule = Schemas['TestAlertRule']
export type RuleTest = Schemas['RuleTest']
export type PeerDetail = Schemas['PeerDetail']
export type PeerHistory = Schemas['PeerHistory']
export type AlertPer = Schemas['AlertPer']
export type CountOperator = Schemas['Operator']
export type CreateAlertRule = Schemas['CreateAlertRule']
export type DashboardOverview = Schemas['DashboardOverview']
export type Event = Schemas['Event']
export type FieldProblem = Schemas['FieldProblem']
export type GivenRole = Schemas['RoleMapping']['role']
export type Group = Schemas['Group']
export type Invitation = Schemas['ShownInvitation']
export type LeaveTenant = Schemas['Leave']
export type LoginRequest = Schemas['LoginRequest']
export type AccountChange = Schemas['AccountChange']
export type NewAccount = Schemas['NewAccount']
export type NewInvitation = Schemas['NewUser']
export type NewToken = Schemas['CreateApiToken']
export type Peer = Schemas['Peer']
export type PeerStatus = Peer['status']
export type Permission = Schemas['Permission']
// Until the generated client has it.
export type NetbirdSettings = Schemas['NetbirdSettings'] & { dnsSettings?: { disabledManagementGroupsCount?: number } | null }
export type NetbirdUser = Schemas['NetbirdUser']
export type NamedRef = Schemas['NamedRef']
export type Network = Schemas['Network']
export type NetworkResource = Schemas['NetworkResource']
export type NetworkRouter = Schemas['NetworkRouter']
// Until the generated client has it.
export type NameserverGroup = Schemas['NameserverGroup'] & { groupsCount?: number }
export type PostureCheck = Schemas['PostureCheck']
export type Policy = Schemas['Policy']
export type PolicyRule = Schemas['PolicyRule']
// Until the generated client has it.
export type Route = Schemas['Route'] & { peerGroupsCount?: number; groupsCount?: number; accessControlGroupsCount?: number }
// Until the generated client has it.
export type SetupKey = Schemas['SetupKey'] & { autoGroupsCount?: number }
export type PlatformUser = Schemas['PlatformUser']
export type ProblemBody = Schemas['Problem']
export type ProblemReason = NonNullable<ProblemBody['reason']>
export type PutSso = Schemas['PutSso']
export type Recipient = Schemas['Recipient']
export type RecipientRequest = Schemas['RecipientRequest']
export type Role = PlatformUser['role']
export type RoleDescription = Schemas['RoleView']
export type Session = Schemas['SessionView']
export type SetupRequest = Schemas['SetupRequest']
export type Severity = Alert['severity']
export type SignUp = Schemas['SignUpRequest']
export type SsoAnswer = Schemas['FinishSso']
export type SsoSettings = Schemas['SsoSettings']
export type StatusCode = StatusReason['code']
export type StatusReason = Schemas['StatusReason']
export type Tenant = Schemas['TenantView']
export type TenantChange = Schemas['TenantChange']
export type TestConnection = Schemas['TestConnection']
export type UpdateAlertRule = Schemas['UpdateAlertRule']
export type UserProfile = Schemas['UserProfile']

type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>

export type PeersQuery = Query<'listPeers'>
export type GroupsQuery = Query<'listGroups'>
export type NetbirdUsersQuery = Query<'listNetbirdUsers'>
export type PoliciesQuery = Query<'listPolicies'>
export type NetworksQuery = Query<'listNetworks'>
export type RoutesQuery = Query<'listRoutes'>
export type NameserversQuery = Query<'listNameservers'>
export type PostureChecksQuery = Query<'listPostureChecks'>
export type SetupKeysQuery = Query<'listSetupKeys'>
export type EventsQuery = Query<'listEvents'>
export type AlertsQuery = Query<'listAlerts'>
export type AuditQuery = Query<'listAuditLogs'>

type PeerSortKey = 'name' | 'status' | 'lastSeen' | 'ip' | 'os' | 'version'
export type PeerSort = PeerSortKey | `-${PeerSortKey}`
