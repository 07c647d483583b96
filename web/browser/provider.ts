import { createServer } from 'node:http'
import Provider from 'oidc-provider'

interface Client {
  clientId: string
  clientSecret: string
  redirectUri: string
  /** What everybody who signs in is said to be. */
  groups: string[]
}

/** A certified OpenID provider on loopback and a free port. Whoever types an address signs in as it. */
export async function startProvider({ clientId, clientSecret, redirectUri, groups }: Client) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the provider has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: true, name: 'Sam Single', groups }) }),
    pkce: { required: () => true },
    cookies: { keys: ['only for this test'] },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  return {
    issuer,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
