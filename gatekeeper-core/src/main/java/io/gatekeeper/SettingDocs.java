package io.gatekeeper;

/** A sentence or two about each setting, for docs/configuration.md. */
final class SettingDocs {
  private SettingDocs() {}

  static String of(Setting setting) {
    return switch (setting) {
      case ISSUER ->
          "The provider's issuer, exactly as its metadata spell it; compared byte for byte.";
      case CLIENT_ID -> "The id under which the provider knows this application.";
      case EXTERNAL_URL ->
          "Where browsers find the application, with its context path if it has one. Everything"
              + " that is sent to a browser is built from it.";
      case CLIENT_SECRET -> "The client's secret.";
      case CLIENT_SECRET_FILE ->
          "A file that holds the client's secret; a newline at its end doesn't count.";
      case SCOPES -> "What the provider is asked for. `openid` is always among them.";
      case SESSION_SECRETS ->
          "What signs sessions: 32 bytes or more each, newest first. All of them verify. See"
              + " [Session secrets](#session-secrets).";
      case SESSION_SECRET_FILES ->
          "Files that hold the session secrets, one a line, newest first. What changes in them is"
              + " taken over without a restart.";
      case RULES ->
          "Who may go where; the first rule whose path and host match decides. See"
              + " [Rules](#rules).";
      case DEFAULT -> "What happens to a request that no rule matches.";
      case ALLOW_EMAIL_DOMAINS ->
          "Whose verified email address is at one of these domains may sign in. Any match of"
              + " the three `allow` settings admits; an issuer that is open to everyone needs one.";
      case ALLOW_GROUPS -> "Who is in one of these groups may sign in.";
      case ALLOW_USERS -> "These users may sign in.";
      case GROUPS_ALLOW ->
          "Which of a user's groups a session keeps: `kubeflow-*` stands for all that begin so. What"
              + " `allow.groups` and the rules name has to be among them.";
      case IDENTITY_USER -> "Where the ID token names the user.";
      case IDENTITY_GROUPS -> "Where the ID token lists the user's groups.";
      case IDENTITY_ROLES ->
          "Where the ID token lists the user's roles, such as `/realm_access/roles`.";
      case IDENTITY_HEADERS ->
          "The request headers that tell the application who the user is. See [Identity"
              + " headers](#identity-headers).";
      case SESSION_IDLE_TIMEOUT ->
          "After how long without use a session ends, before its lifetime: at least a minute. Use is"
              + " noticed once a tenth of it has passed, when a page is asked for.";
      case SESSION_LIFETIME ->
          "How long a session lasts after the login: more than zero, at most 400 days.";
      case LOGOUT_REDIRECT ->
          "Where the browser goes after it has signed out: a URL, or a path at the external URL's"
              + " host. A page that needs a session may sign the user in again at once.";
      case GATEWAY ->
          "Whose auth checks are answered: Ambassador, Emissary, Envoy and Istio speak `envoy`. The "
              + "others ask at `/check`.";
      case LISTEN -> "Where the own endpoints are served. Port 0: any free one.";
      case CHECK_LISTEN -> "Where auth checks are answered, and nothing else.";
      case HEALTH_LISTEN -> "Where liveness and readiness are answered.";
      case PATH_PREFIX -> "What Envoy puts before the original path in its checks.";
      case TRUSTED_PROXIES -> "Who may ask for an auth check.";
      case PREFIX -> "The path, below the external URL's, that the own endpoints have in common.";
      case SESSION_REVALIDATE ->
          "How long the provider's word about a user counts before it is asked again, where it gave a"
              + " refresh token: have `offline_access` among the `scopes`. At least 5 seconds.";
      case SESSION_CLAIMS ->
          "What a session keeps of a user's profile, besides who the user is. What is left out is"
              + " neither in an identity header nor known to the application.";
      case USERINFO ->
          "Whether the userinfo endpoint is asked too; its claims outrank the ID token's.";
      case AUTHORIZATION_ENDPOINT ->
          "Where browsers reach the provider, if not where its metadata say; a path is taken at"
              + " the external URL's host.";
      case CA_BUNDLE -> "PEM certificates of the authorities that may vouch for the provider.";
      case COOKIE_NAME ->
          "What the names of all our cookies derive from; two applications on one host need"
              + " two.";
      case COOKIE_DOMAIN ->
          "Shares the session with the hosts below this domain, and trusts every one of them.";
      case ROTATION_DELAY ->
          "How long a session secret is known before it signs: at most 1 day, and longer than it"
              + " takes until every replica has read a changed list.";
      case CLOCK_SKEW -> "How far the provider's clock may be from ours: at most 5 minutes.";
      case ADDITIONAL_HOSTS ->
          "Hosts, besides the external URL's, under which the application is reached.";
      case PREFLIGHT ->
          "Whether a CORS preflight is judged like any request, or let by without an identity.";
      case ID_TOKEN_SIGNED_RESPONSE_ALG ->
          "The one algorithm by which the provider signs ID tokens and logout tokens for this client, as"
              + " it is registered there.";
      case TOKEN_ENDPOINT_AUTH_METHOD -> "How the client proves itself at the token endpoint.";
      case TRUSTED_AUDIENCES -> "Audiences that an ID token may name besides the client id.";
      case PROVIDER_TIMEOUT -> "How long one call to the provider may take: 1 to 60 seconds.";
      case KEEP_FRAGMENT ->
          "Whether the `#fragment` of a page first asked for survives the login: a small script of"
              + " ours reads it on the way, and it is sent to us as part of an address.";
      case INSECURE_ALLOW_HTTP_ISSUER ->
          "Accepts an issuer over plain http: whoever is on the way can sign in as anybody.";
      case INSECURE_ALLOW_HTTP_EXTERNAL_URL ->
          "Accepts an external URL over plain http: whoever is on the way can take a session.";
      case INSECURE_TRUST_UNVERIFIED_EMAIL ->
          "Takes an email address that the provider doesn't call verified for the user's.";
    };
  }
}
