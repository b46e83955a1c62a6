package io.gatekeeper;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings: immutable, safe for use by many threads, and validated as a whole. A YAML file,
 * environment variables and the {@linkplain #builder() builder} say the same things under the same
 * names; docs/configuration.md lists them.
 */
public final class GatekeeperConfig {
  final ClientSettings client;
  final SiteSettings site;
  final AccessSettings access;
  final Server server;

  private GatekeeperConfig(
      ClientSettings client, SiteSettings site, AccessSettings access, Server server) {
    this.client = client;
    this.site = site;
    this.access = access;
    this.server = server;
  }

  /**
   * Loads a file, and over it this process's environment.
   *
   * @param yaml the file
   * @return the configuration
   * @throws ConfigurationException with all mistakes
   */
  public static GatekeeperConfig load(Path yaml) {
    return load(yaml, System.getenv());
  }

  /**
   * Loads a file, and over it an environment.
   *
   * @param yaml the file
   * @param environment variables, of which those named {@code GATEKEEPER_…} count
   * @return the configuration
   * @throws ConfigurationException with all mistakes
   */
  public static GatekeeperConfig load(Path yaml, Map<String, String> environment) {
    return builder().file(yaml).environment(environment).build();
  }

  /**
   * Reads this process's environment alone.
   *
   * @return the configuration
   * @throws ConfigurationException with all mistakes
   */
  public static GatekeeperConfig fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /**
   * Reads an environment alone.
   *
   * @param environment variables, of which those named {@code GATEKEEPER_…} count
   * @return the configuration
   * @throws ConfigurationException with all mistakes
   */
  public static GatekeeperConfig fromEnvironment(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Starts with nothing set.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  static GatekeeperConfig read(SettingsTree tree, Problems problems) {
    SettingsReader settings = new SettingsReader(tree, problems);
    ClientSettings client = ClientSettings.read(settings);
    SiteSettings site = SiteSettings.read(settings);
    AccessSettings access = AccessSettings.read(settings, client.issuer());
    return new GatekeeperConfig(client, site, access, ServerReader.read(settings));
  }

  /** The provider's issuer; its {@code toString()} is exactly what was typed. */
  public URI issuer() {
    return client.issuer();
  }

  /** What the provider knows us by ({@code client_id}). */
  public String clientId() {
    return client.clientId();
  }

  /** Empty: a public client. */
  public Optional<Secret> clientSecret() {
    return client.clientSecret();
  }

  /** Scheme, authority and context path as browsers spell them; never a trailing slash. */
  public URI externalUrl() {
    return site.externalUrl();
  }

  /** Always with {@code openid}. */
  public List<String> scopes() {
    return client.scopes();
  }

  /** Newest first. Empty: a random one is made. */
  public List<Secret> sessionSecrets() {
    return site.sessionSecrets();
  }

  SessionSecretFiles sessionSecretFiles() {
    return site.sessionSecretFiles();
  }

  /** How long a session secret is known before it signs; zero: at once. */
  public Duration rotationDelay() {
    return site.rotationDelay();
  }

  /** Who may go where; the first that matches decides. */
  public List<Rule> rules() {
    return access.rules();
  }

  /** What no rule matches: SESSION, or DENY. */
  public Rule.Access defaultAccess() {
    return access.defaultAccess();
  }

  /** Whom of the provider's users we let in at all. */
  public Allow allow() {
    return access.allow();
  }

  /** Which claims make up an identity. */
  public IdentityClaims identity() {
    return access.identity();
  }

  /** Header name to its source, in order. */
  public Map<String, IdentityHeader> identityHeaders() {
    return access.identityHeaders();
  }

  /** What a session keeps of a user's profile, besides user and subject. */
  public Set<IdentityHeader> sessionClaims() {
    return access.kept().claims();
  }

  /** Names of the groups that a session keeps, or beginnings with an asterisk. Empty: all. */
  public List<String> groupsAllow() {
    return access.kept().groups();
  }

  /** After how long without use a session ends, if it does. */
  public Optional<Duration> sessionIdleTimeout() {
    return site.sessionIdleTimeout();
  }

  /** From sign-in to the absolute end of a session. */
  public Duration sessionLifetime() {
    return site.sessionLifetime();
  }

  /** For how long the provider's word about a user counts, where it can be asked again. */
  public Duration sessionRevalidate() {
    return site.sessionRevalidate();
  }

  /** An absolute URL or a path. */
  public Optional<String> logoutRedirect() {
    return site.logoutRedirect();
  }

  /** The settings of the auth check server. */
  public Server server() {
    return server;
  }

  /** The own endpoints' path below the external URL: begins with a slash, ends without. */
  public String prefix() {
    return site.prefix();
  }

  /** Whether the userinfo endpoint is asked for claims too. */
  public boolean userinfo() {
    return client.userinfo();
  }

  /** An absolute URL, or a path at the external URL's host. */
  public Optional<String> authorizationEndpoint() {
    return client.authorizationEndpoint();
  }

  /** A file of certificates in PEM that may vouch for the provider, beside the platform's. */
  public Optional<Path> caBundle() {
    return client.caBundle();
  }

  /** Without {@code __Host-} or {@code __Secure-}. */
  public String cookieName() {
    return site.cookieName();
  }

  /** The external URL's host or a domain above it, in lower case. */
  public Optional<String> cookieDomain() {
    return site.cookieDomain();
  }

  /** How far the provider's clock may be from ours. */
  public Duration clockSkew() {
    return client.clockSkew();
  }

  /** In lower case, without the port that the external URL's scheme has anyway. */
  public List<String> additionalHosts() {
    return site.additionalHosts();
  }

  /** How a CORS preflight is judged. */
  public Preflight preflight() {
    return access.preflight();
  }

  /** How the client authenticates. Empty: as the provider's metadata prefer. */
  public Optional<String> tokenEndpointAuthMethod() {
    return client.authMethod();
  }

  /** The one algorithm for ID tokens and logout tokens. Empty: any that the metadata list. */
  public Optional<String> idTokenSignedResponseAlg() {
    return client.signingAlgorithm();
  }

  /** Audiences that an ID token may name beside the client. */
  public Set<String> trustedAudiences() {
    return client.trustedAudiences();
  }

  /** The deadline of one call to the provider, its body included. */
  public Duration providerTimeout() {
    return client.timeout();
  }

  /** Whether the fragment of a page first asked for survives the login. */
  public boolean keepFragment() {
    return site.keepFragment();
  }

  /** Whether an issuer over plain http is accepted beyond loopback. */
  public boolean insecureAllowHttpIssuer() {
    return client.allowHttpIssuer();
  }

  /** Whether an external URL over plain http is accepted beyond loopback. */
  public boolean insecureAllowHttpExternalUrl() {
    return site.allowHttpExternalUrl();
  }

  /** Whether every mail address counts as verified. */
  public boolean insecureTrustUnverifiedEmail() {
    return client.trustUnverifiedEmail();
  }

  /**
   * The relaxations that are on, for the log.
   *
   * @return their keys, each beginning with {@code insecure-}
   */
  public List<String> relaxations() {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.tier() == Setting.Tier.INSECURE)
        .filter(this::isOn)
        .map(Setting::key)
        .toList();
  }

  private boolean isOn(Setting relaxation) {
    return switch (relaxation) {
      case INSECURE_ALLOW_HTTP_ISSUER -> insecureAllowHttpIssuer();
      case INSECURE_ALLOW_HTTP_EXTERNAL_URL -> insecureAllowHttpExternalUrl();
      case INSECURE_TRUST_UNVERIFIED_EMAIL -> insecureTrustUnverifiedEmail();
      default -> throw new IllegalStateException(relaxation.key());
    };
  }

  /** All settings; three stars for each secret. */
  @Override
  public String toString() {
    return "GatekeeperConfig[" + client + ", " + site + ", " + access + ", " + server + "]";
  }

  /**
   * Who may sign in: whoever matches any; all empty: everybody.
   *
   * @param emailDomains domains of verified mail addresses, each that domain alone
   * @param groups names of groups, compared exactly
   * @param users names of users, compared exactly
   */
  public record Allow(Set<String> emailDomains, Set<String> groups, Set<String> users) {
    /** Copies the sets. */
    public Allow {
      emailDomains = Set.copyOf(emailDomains);
      groups = Set.copyOf(groups);
      users = Set.copyOf(users);
    }
  }

  /**
   * Claims by their names, or by JSON pointers (RFC 6901), which begin with a slash.
   *
   * @param user the claim that names the user
   * @param groups the claim that lists the groups
   * @param roles the claim that lists the roles; empty: the groups
   */
  public record IdentityClaims(String user, String groups, Optional<String> roles) {}

  /** A part of an identity: what an identity header is filled from. */
  public enum IdentityHeader {
    /** The name that the application knows the user by. */
    USER,
    /** The provider's own identifier of the user. */
    SUBJECT,
    /** The mail address, if it is verified. */
    EMAIL,
    /** The full name. */
    NAME,
    /** The short name that the user likes to go by. */
    PREFERRED_USERNAME,
    /** The groups, joined with commas. */
    GROUPS,
    /** The roles, joined with commas. */
    ROLES
  }

  /** How a CORS preflight is answered. */
  public enum Preflight {
    /** As the rules say, though never by a redirect. */
    RULE,
    /** Let by without an identity. */
    ALLOW
  }

  /** Whose auth checks the server answers. */
  public enum Gateway {
    /** Ambassador, Emissary, Envoy and Istio: ext_authz over HTTP. */
    ENVOY,
    /** nginx: auth_request. */
    NGINX,
    /** Traefik: ForwardAuth. */
    TRAEFIK,
    /** Caddy: forward_auth. */
    CADDY,
    /** HAProxy: the Lua action that comes with Gatekeeper. */
    HAPROXY
  }

  /**
   * The auth-check server.
   *
   * @param gateway whose checks it answers
   * @param listen host:port of the own endpoints; port 0: any free one
   * @param checkListen host:port of the checks
   * @param healthListen host:port of liveness and readiness
   * @param pathPrefix what Envoy puts before the original path; may be empty. The other gateways
   *     ask at {@code /check}
   * @param trustedProxies addresses and CIDR blocks of those who may ask for a check
   */
  public record Server(
      Gateway gateway,
      String listen,
      String checkListen,
      String healthListen,
      String pathPrefix,
      List<String> trustedProxies) {
    /** Copies the list. */
    public Server {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * Collects settings under their names in the configuration file. What is called later outranks
   * what was called before. Not for use by several threads at once.
   */
  public static final class Builder {
    private final SettingsTree tree = new SettingsTree();
    private final Problems problems = new Problems();
    private boolean unread;

    Builder() {}

    /**
     * Sets one setting, or a group of them.
     *
     * @param key the name, such as {@code client-id}, {@code session.lifetime} or {@code session}
     * @param value text, a number, a boolean, a duration, a list, a map; null: as if never set
     * @return this
     */
    public Builder set(String key, @Nullable Object value) {
      if (value == null) {
        tree.remove(key, problems);
        return this;
      }
      SettingsTree values = new SettingsTree();
      values.put(key, BuilderValues.node(key, value, problems), problems);
      tree.replace(values);
      return this;
    }

    /**
     * Takes in a YAML file of at most 1 MiB.
     *
     * @param yaml the file
     * @return this
     */
    public Builder file(Path yaml) {
      SettingsFile.read(yaml, problems).ifPresentOrElse(tree::overlay, () -> unread = true);
      return this;
    }

    /**
     * Takes in YAML of at most 1 MiB from elsewhere, such as a resource in an archive.
     *
     * @param yaml the text in UTF-8, which is read and stays open
     * @param name what a message calls it
     * @return this
     */
    public Builder yaml(InputStream yaml, String name) {
      SettingsFile.read(yaml, name, problems).ifPresentOrElse(tree::overlay, () -> unread = true);
      return this;
    }

    /**
     * Takes in settings that are texts each, such as the parameters of a servlet filter.
     *
     * @param texts from a setting's name, or a group's, to its text; a list or a map is YAML
     * @return this
     */
    public Builder texts(Map<String, String> texts) {
      tree.overlay(TextsReader.read(texts, problems));
      return this;
    }

    /**
     * Takes in environment variables.
     *
     * @param environment the variables, of which those named {@code GATEKEEPER_…} count
     * @return this
     */
    public Builder environment(Map<String, String> environment) {
      tree.overlay(EnvironmentReader.read(environment, problems));
      return this;
    }

    /** Sets {@code issuer}. */
    public Builder issuer(String issuer) {
      return set(Setting.ISSUER.key(), issuer);
    }

    /** Sets {@code client-id}. */
    public Builder clientId(String clientId) {
      return set(Setting.CLIENT_ID.key(), clientId);
    }

    /** Sets {@code client-secret}. */
    public Builder clientSecret(String clientSecret) {
      return set(Setting.CLIENT_SECRET.key(), clientSecret);
    }

    /** Sets {@code external-url}. */
    public Builder externalUrl(String externalUrl) {
      return set(Setting.EXTERNAL_URL.key(), externalUrl);
    }

    /** Sets {@code scopes}. */
    public Builder scopes(String... scopes) {
      return set(Setting.SCOPES.key(), List.of(scopes));
    }

    /** Sets {@code session-secrets}, the newest first. */
    public Builder sessionSecrets(String... secrets) {
      return set(Setting.SESSION_SECRETS.key(), List.of(secrets));
    }

    /** Sets {@code session.lifetime}. */
    public Builder sessionLifetime(Duration lifetime) {
      return set(Setting.SESSION_LIFETIME.key(), lifetime);
    }

    /** Adds a rule behind those there are. */
    public Builder rule(Rule rule) {
      tree.append(Setting.RULES, RulesReader.node(rule));
      return this;
    }

    /**
     * Validates everything.
     *
     * @return the configuration
     * @throws ConfigurationException with all mistakes
     */
    public GatekeeperConfig build() {
      Problems all = new Problems();
      all.addAll(problems);
      // Of a file that couldn't be read nothing is known, so nothing is missing either.
      GatekeeperConfig config = read(tree, unread ? new Problems() : all);
      if (!all.isEmpty()) {
        throw new ConfigurationException(all.lines());
      }
      return config;
    }
  }
}
