// A certified OpenID provider on loopback, for one client. PKCE is required, and email address and
// groups are told at the userinfo endpoint alone. Its own pages let people in with any password.
//
//     node provider.mjs PORT EXTERNAL_URL PATH_OF_OIDC_PROVIDER
//
// Ready when it answers /.well-known/openid-configuration. It remembers nothing when it stops.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, externalUrl, modules] = process.argv.slice(2);
const library = createRequire(`${modules}/`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(library));

const people = {
  ada: ['admins', 'data science'],
  grace: ['data science'],
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'kubeflow',
    client_secret: process.env.CLIENT_SECRET,
    redirect_uris: [`${externalUrl}/gatekeeper/callback`],
    post_logout_redirect_uris: [`${externalUrl}/gatekeeper/logged-out`],
  }],
  pkce: { required: () => true },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  cookies: { keys: [process.env.CLIENT_SECRET] },
  findAccount(ctx, id) {
    const groups = people[id];
    return groups && {
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, groups }),
    };
  },
});

const server = provider.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
