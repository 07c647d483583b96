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
export type EventsQuery = Query<'listEvents'>
export type AlertsQuery = Query<'listAlerts'>

type PeerSortKey = 'name' | 'status' | 'lastSeen' | 'ip' | 'os' | 'version'
export type PeerSort = PeerSortKey | `-${PeerSortKey}`
