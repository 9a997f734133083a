// Starts oidc-provider over TLS on a free port, and says where. The certified server does all the
// OAuth; here are only its clients, and a way to hand out what a login in a browser would have ended
// with: a line `refresh-token CLIENT_ID` on standard input is answered by a refresh token of that
// client. What is said to the test are the lines that begin with `=`; the others are the server's own.
//
// Environment: CERTIFICATE and KEY are PEM files, CLIENTS a JSON array of client metadata.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// The packages lie in the folder that this runs in, and not beside this file.
const packages = createRequire(`${process.cwd()}/`);
const { default: Provider, errors } = await import(pathToFileURL(packages.resolve('oidc-provider')));

const server = createServer({
  cert: readFileSync(process.env.CERTIFICATE),
  key: readFileSync(process.env.KEY),
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `https://127.0.0.1:${server.address().port}`;

const API = 'https://api.example/things';
const provider = new Provider(origin, {
  clients: JSON.parse(process.env.CLIENTS),
  scopes: ['openid', 'offline_access', 'read', 'write'],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  rotateRefreshToken: true,
  // For an API that takes its key in the query and in no other way.
  acceptQueryParamAccessTokens: true,
  ttl: {
    AccessToken: 3600,
    ClientCredentials: 3600,
    Grant: 86400,
    IdToken: 3600,
    RefreshToken: 86400,
  },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  cookies: { keys: ['only-for-tests'] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: () => true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => {
        if (resource !== API) throw new errors.InvalidTarget();
        return { scope: 'read write', audience: API, accessTokenTTL: 3600 };
      },
      defaultResource: () => undefined,
      useGrantedResource: () => true,
    },
    revocation: { enabled: true, allowedPolicy: () => true },
    userinfo: { enabled: true },
  },
});
server.on('request', provider.callback());
console.log(`= ${origin}`);

/** What a login and its consent end with. */
async function refreshToken(clientId) {
  const client = await provider.Client.find(clientId);
  const grant = new provider.Grant({ accountId: 'someone', clientId });
  grant.addOIDCScope('openid offline_access');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId: 'someone',
    client,
    grantId,
    gty: 'authorization_code',
    scope: 'openid offline_access',
    claims: {},
    authTime: Math.floor(Date.now() / 1000),
    rotations: 0,
    iiat: Math.floor(Date.now() / 1000),
  });
  return token.save();
}

// The end of the input is the end of the test.
const lines = createInterface({ input: process.stdin });
lines.on('close', () => process.exit(0));
for await (const line of lines) {
  const [command, clientId] = line.split(' ');
  if (command === 'refresh-token') console.log(`= ${await refreshToken(clientId)}`);
}
