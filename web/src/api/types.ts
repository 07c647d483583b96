import type { components, operations } from './__generated__/schema'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type AccountHealth = Schemas['AccountHealth']
export type AccountStatus = Schemas['AccountStatus']
export type Alert = Schemas['Alert']
export type AlertNotification = Schemas['AlertNotification']
export type AlertRule = Schemas['AlertRule']
export type AlertStatus = Schemas['AlertStatus']
export type ApiStatus = Schemas['ApiStatus']
export type AuthResponse = Schemas['AuthResponse']
export type ConnectionTest = Schemas['ConnectionTest']
export type CountOperator = Schemas['CountOperator']
export type CreateAccount = Schemas['CreateAccount']
export type CreateAlertRule = Schemas['CreateAlertRule']
export type DashboardOverview = Schemas['DashboardOverview']
export type Event = Schemas['Event']
export type FieldError = Schemas['FieldError']
export type LoginRequest = Schemas['LoginRequest']
export type Peer = Schemas['Peer']
export type PeerCountConfig = Schemas['PeerCountConfig']
export type PeerOfflineConfig = Schemas['PeerOfflineConfig']
export type PeerStatus = Schemas['PeerStatus']
export type ProblemBody = Schemas['Problem']
export type Role = Schemas['Role']
export type SetupRequest = Schemas['SetupRequest']
export type SetupStatus = Schemas['SetupStatus']
export type Severity = Schemas['Severity']
export type StatusCode = Schemas['StatusCode']
export type StatusReason = Schemas['StatusReason']
export type TestConnection = Schemas['TestConnection']
export type UserProfile = Schemas['UserProfile']

type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>

export type PeersQuery = Query<'listPeers'>
export type PeerSort = NonNullable<PeersQuery['sort']>
export type EventsQuery = Query<'listEvents'>
export type AlertsQuery = Query<'listAlerts'>
