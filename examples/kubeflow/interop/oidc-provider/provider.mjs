// A certified OpenID provider on loopback, for one client. PKCE is required, and email address and
// groups are told at the userinfo endpoint alone. Its own pages let people in with any password.
// Refresh tokens are for offline_access with prompt=consent, and good for one use.
//
//     node provider.mjs PORT EXTERNAL_URL PATH_OF_OIDC_PROVIDER
//
// Ready when it answers /.well-known/openid-configuration. It knows the people of people.json in its
// directory, read whenever it needs them, and keeps what it remembers in memory.json while it's
// stopped. It writes a line for each grant and for each refresh token that ends.
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, externalUrl, modules] = process.argv.slice(2);
const library = createRequire(`${modules}/`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(library));

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

const memory = new Map(existsSync('memory.json') ? read('memory.json') : []);
process.on('SIGTERM', () => {
  writeFileSync('memory.json', JSON.stringify([...memory]));
  process.exit();
});

class Memory {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload) {
    memory.set(this.key(id), payload);
  }

  async find(id) {
    return memory.get(this.key(id));
  }

  async findByUid(uid) {
    return [...memory.values()].find((payload) => payload.kind === this.model && payload.uid === uid);
  }

  async consume(id) {
    memory.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    memory.delete(this.key(id));
  }

  async revokeByGrantId(grantId) {
    for (const [key, payload] of memory) {
      if (payload.grantId === grantId) {
        memory.delete(key);
      }
    }
  }
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: Memory,
  clients: [{
    client_id: 'kubeflow',
    client_secret: process.env.CLIENT_SECRET,
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${externalUrl}/gatekeeper/callback`],
    post_logout_redirect_uris: [`${externalUrl}/gatekeeper/logged-out`],
  }],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  features: { revocation: { enabled: true } },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  cookies: { keys: [process.env.CLIENT_SECRET] },
  findAccount(ctx, id) {
    const groups = read('people.json')[id];
    return groups && {
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, groups }),
    };
  },
});

provider.on('grant.success', (ctx) => console.log(`granted ${ctx.oidc.params.grant_type}`));
provider.on('grant.error', (ctx) => console.log(`refused ${ctx.oidc.params?.grant_type}`));
provider.on('refresh_token.destroyed', () => console.log('refresh token ended'));

const server = provider.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
