import type { AuthResponse, UserProfile } from '../src/api/types'
import { done, expired, invalid, list, ok, problem, type Answer } from './answers'
import { answerAcknowledgement } from './acknowledgement-data'
import { answerAudit } from './audit-answers'
import * as data from './data'
import * as identity from './identity-data'
import { tokenOf } from './live'
import type { Scenario } from './server'

export function profileIn(scenario: Scenario): UserProfile {
  switch (scenario) {
    case 'viewer':
      return identity.viewer()
    case 'sso':
      return identity.ssoUser()
    case 'sso-member':
      return identity.ssoMember()
    case 'second-factor':
      return identity.withSecondFactor()
    default:
      return data.user()
  }
}

export const authIn = (scenario: Scenario): AuthResponse => {
  const user = profileIn(scenario)
  return { user, accessToken: tokenOf(user.tenantId), refreshToken: null, expiresIn: 600 }
}

type Body = Record<string, unknown>

const wrongPassword = (pointer: string, given: unknown): Answer | undefined => (given === 'wrong' ? invalid(pointer, 'The password is wrong.') : undefined)
const wrongCode = (given: unknown): Answer | undefined => (given === '000000' ? invalid('/code', 'The code is wrong or was used before.') : undefined)

/** Also of those whose second factor this page does not know of yet. */
const codeOf = (body: Body, scenario: Scenario): Answer | undefined => (body.password === 'second' && body.code === undefined && scenario === 'full' ? invalid('/code', 'Enter the code of your second factor.') : wrongCode(body.code))

/** The ways in; passwords and tokens say by their value what happens. */
export function answerEntrance(route: string, body: Body, scenario: Scenario): Answer | undefined {
  const spent = body.token === 'expired'
  switch (route) {
    case 'POST /api/auth/login':
      if (body.password === 'wrong') return problem(401, 'unauthenticated', 'Not signed in', 'Email or password is wrong.')
      if (body.password === 'second' && body.code === undefined) return problem(401, 'second-factor-required', 'Second factor', 'Enter the code.')
      return body.code === '000000' ? problem(401, 'unauthenticated', 'Not signed in', 'The code is wrong.') : ok(authIn(scenario))
    case 'POST /api/auth/sign-up':
      return body.password === 'passwordpassword' ? invalid('/password', 'This password is among the most common ones. Choose another.') : ok({}, 202)
    case 'POST /api/auth/sign-up/verify':
      if (body.password === 'wrong') return problem(401, 'unauthenticated', 'Sign in first', 'The password is not the one of this sign-up.')
      return spent ? expired : ok({ tenantName: 'Blue Harbour', email: 'lea@blueharbour.example' }, 201)
    case 'POST /api/auth/password/forgot':
      return ok({}, 202)
    case 'POST /api/auth/password/reset':
      return spent ? expired : done
    case 'POST /api/auth/invitation':
      return spent ? expired : ok(identity.invitation(body.token === 'existing'))
    case 'POST /api/auth/invitation/accept':
      if (body.password === 'second' && body.code === undefined) return problem(401, 'second-factor-required', 'Second factor', 'Enter the code.')
      return body.password === 'wrong' ? problem(401, 'unauthenticated', 'Not signed in', 'The password is wrong.') : ok({ tenantId: data.user().tenantId, tenantName: 'Acme Networks', email: 'lea@contractors.example' }, 201)
    case 'POST /api/recipients/show':
      if (body.token === 'waiting') return 'never'
      if (body.token === 'broken') return problem(500, 'internal', 'Internal error', 'The database did not answer.')
      return spent ? expired : ok({ email: 'oncall@partner.example', tenantName: body.token === 'long' ? identity.LONG_TENANT : 'Acme Networks', status: body.token === 'again' ? 'confirmed' : 'pending' })
    case 'POST /api/recipients/answer':
      return body.token === 'late' ? expired : done
    case 'POST /api/alerts/acknowledgement/show':
    case 'POST /api/alerts/acknowledgement':
      return answerAcknowledgement(route, body)
    case 'POST /api/auth/email/confirm':
      return spent ? expired : ok({ email: 'nora@acme.example' })
    case 'POST /api/auth/sso/start':
      if (body.slug === 'waiting') return 'never'
      if (body.slug === 'hostile') return ok({ authorizationUrl: 'javascript:location.replace("http://evil.example")' })
      return body.slug === 'acme' ? ok({ authorizationUrl: '/sso/callback/0193?code=1&state=2' }) : problem(404, 'not-found', 'Not found', 'No organisation has this name.')
    case 'POST /api/auth/sso/finish':
      return body.code === 'refused' ? problem(401, 'sso-failed', 'Not signed in', 'The address nora@else.example is not of a domain that may sign in here.') : ok(authIn('sso'))
  }
  return undefined
}

/** The settings: what a signed-in person changes about themselves, the tenant and its members. */
export function answerSettings(route: string, query: URLSearchParams, body: Body, scenario: Scenario): Answer | undefined {
  const some = <T,>(items: T[]): T[] => (scenario === 'empty' ? [] : items)
  switch (route) {
    case 'PUT /api/auth/profile':
      return ok({ ...profileIn(scenario), name: body.name })
    case 'GET /api/auth/sessions':
      return ok(some(identity.sessions()))
    case 'POST /api/auth/password':
      return wrongPassword('/currentPassword', body.currentPassword) ?? wrongCode(body.code) ?? done
    case 'POST /api/auth/email':
      return wrongPassword('/password', body.password) ?? codeOf(body, scenario) ?? ok({}, 202)
    case 'POST /api/auth/second-factor':
      return wrongPassword('/password', body.password) ?? ok({ secret: identity.SECRET, otpauthUrl: `otpauth://totp/NetBird%20platform:netadmin@acme.example?secret=${identity.SECRET}&issuer=NetBird%20platform` })
    case 'POST /api/auth/second-factor/enable':
      return wrongCode(body.code) ?? ok({ recoveryCodes: identity.recoveryCodes() })
    case 'POST /api/auth/second-factor/recovery-codes':
      return wrongPassword('/password', body.password) ?? wrongCode(body.code) ?? ok({ recoveryCodes: identity.recoveryCodes() })
    case 'POST /api/auth/second-factor/disable':
      return wrongPassword('/password', body.password) ?? wrongCode(body.code) ?? done
    case 'GET /api/users': {
      const text = query.get('search')?.toLowerCase() ?? ''
      const found = some(identity.members())
        .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(text))
        .filter(({ role }) => !query.has('role') || query.get('role')?.split(',').includes(role))
        .filter(({ status }) => !query.has('status') || query.get('status')?.split(',').includes(status))
      const [, down, by] = /^(-?)(name|role|status)$/.exec(query.get('sort') ?? '') ?? []
      if (by) found.sort((one, other) => one[by as 'name'].localeCompare(other[by as 'name']) * (down ? -1 : 1))
      return list(found)
    }
    case 'POST /api/users/leave':
      return wrongPassword('/password', body.password) ?? wrongCode(body.code) ?? ok({ accountDeleted: scenario === 'sso' })
    case 'POST /api/users':
      if (body.role === 'owner' && body.password === 'wrong') return invalid('/password', 'The password is wrong.')
      return body.email === 'jonas@acme.example' ? problem(409, 'conflict', 'Conflict', 'jonas@acme.example is a member already.') : ok({ ...identity.members()[6], email: body.email, role: body.role }, 201)
    case 'POST /api/tenants':
      return ok({ ...identity.tenant(), id: '0193a000-0000-7000-8000-00000000000b', name: body.name }, 201)
    case 'GET /api/tenant':
      return ok(identity.tenant())
    case 'PUT /api/tenant':
      return ok({ ...identity.tenant(), name: body.name })
    case 'POST /api/tenant/delete':
      return wrongPassword('/password', body.password) ?? ok({}, 202)
    case 'POST /api/tenant/owner':
      return wrongPassword('/password', body.password) ?? done
    case 'GET /api/roles':
      return ok(some(identity.roles()))
    case 'GET /api/tokens':
      return ok(some(identity.tokens()).filter(({ isOwn }) => isOwn || query.get('all') === 'true'))
    case 'POST /api/tokens':
      return ok({ ...identity.tokens()[0], name: body.name, scopes: body.scopes, token: 'nmp_ab12Cd34Ef56Gh78Ij90Kl12Mn34Op3xYz1Q' }, 201)
    case 'GET /api/tenant/sso':
      return scenario === 'empty' ? problem(404, 'not-found', 'Not found', 'Single sign-on is not set up.') : ok(identity.sso())
    case 'PUT /api/tenant/sso':
      return body.issuer === 'https://wrong.example' ? invalid('/issuer', 'https://wrong.example/.well-known/openid-configuration answered 404.') : ok({ ...identity.sso(), ...body })
  }
  const audited = answerAudit(route, query, scenario)
  if (audited) return audited
  const member = /^PUT \/api\/users\/([^/]+)$/.exec(route) ?? /^POST \/api\/users\/([^/]+)\/invitation$/.exec(route)
  const found = member && identity.members().find(({ id }) => id === member[1])
  return found ? ok({ ...found, ...body }) : undefined
}
