// The identity endpoints until the generated schema has them; then this file goes.
import type { paths } from './__generated__/schema'
import type { components } from './__generated__/schema'

type Schemas = components['schemas']
import type { Role } from './types'
export type UserProfile = Schemas['UserProfile'] & { emailVerified?: boolean }
export type AuthResponse = Omit<Schemas['AuthResponse'], 'user'> & { user: UserProfile }
export type LoginRequest = Schemas['LoginRequest'] & { code?: string }
export interface Session { id: string; current: boolean; ip?: string | null; userAgent?: string | null; device: string; createdAt: string; lastUsedAt: string; expiresAt: string; remember: boolean; tenantName: string; method: 'password' | 'sso' }
export interface Invitation { tenantName: string; email: string; role: Role; invitedBy: string; hasAccount: boolean }
export interface AcceptInvitation { token: string; name?: string; password: string; code?: string }
export interface SignUp { tenantName: string; name: string; email: string; password: string }

interface Op<Body, Answer, Query = Record<string, never>, Path = Record<string, never>> {
  parameters: { query?: Query; header?: never; path: Path; cookie?: never }
  requestBody: { content: { 'application/json': Body } }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } }; 422: { headers: Record<string, unknown>; content: { 'application/problem+json': Schemas['Problem'] } } }
}
interface Get<Answer, Query = Record<string, never>> {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never }
  requestBody?: never
  responses: Op<never, Answer>['responses']
}
interface Post<Body, Answer> {
  parameters: { query?: never; header?: never; path?: never; cookie?: never }
  requestBody: { content: { 'application/json': Body } }
  responses: Op<never, Answer>['responses']
}
interface At<Body, Answer> {
  parameters: { query?: never; header?: never; path: { id: string }; cookie?: never }
  requestBody?: { content: { 'application/json': Body } }
  responses: Op<never, Answer>['responses']
}
interface Bare {
  parameters: { query?: never; header?: never; path?: never; cookie?: never }
  requestBody?: never
  responses: Op<never, undefined>['responses']
}
type Nothing = Record<string, never>

interface IdentityPaths {
  '/api/auth/profile': { get: Get<UserProfile>; put: Post<{ name: string }, UserProfile> }
  '/api/auth/sign-up': { post: Post<SignUp, Nothing> }
  '/api/auth/sign-up/verify': { post: Post<{ token: string }, { tenantName: string; email: string }> }
  '/api/auth/password/forgot': { post: Post<{ email: string }, Nothing> }
  '/api/auth/password/reset': { post: Post<{ token: string; password: string }, undefined> }
  '/api/auth/invitation': { post: Post<{ token: string }, Invitation> }
  '/api/auth/invitation/accept': { post: Post<AcceptInvitation, { tenantId: string; tenantName: string; email: string }> }
  '/api/auth/sessions': { get: Get<Session[]>; delete: Bare }
  '/api/auth/sessions/{id}': { delete: At<never, undefined> }
  '/api/auth/password': { post: Post<{ currentPassword: string; newPassword: string }, undefined> }
  '/api/auth/email': { post: Post<{ email: string; password: string }, Nothing> }
  '/api/auth/email/confirm': { post: Post<{ token: string }, { email: string }> }
  '/api/auth/second-factor': { post: Post<{ password: string }, { secret: string; otpauthUrl: string }> }
  '/api/auth/second-factor/enable': { post: Post<{ code: string }, { recoveryCodes: string[] }> }
  '/api/auth/second-factor/recovery-codes': { post: Post<{ password: string; code: string }, { recoveryCodes: string[] }> }
  '/api/auth/second-factor/disable': { post: Post<{ password: string; code: string }, undefined> }
}

export type ApiPaths = Omit<paths, keyof IdentityPaths> & IdentityPaths
