package io.gatekeeper;

import java.util.Locale;
import java.util.Optional;

/**
 * Every setting there is. Known keys, environment names, suggestions and docs/configuration.md all
 * come from this table.
 */
enum Setting {
  ISSUER("issuer", Tier.ESSENTIAL, Shape.SCALAR, "absolute URL", ""),
  CLIENT_ID("client-id", Tier.ESSENTIAL, Shape.SCALAR, "text", ""),
  EXTERNAL_URL("external-url", Tier.ESSENTIAL, Shape.SCALAR, "absolute URL", ""),

  CLIENT_SECRET("client-secret", Tier.FREQUENT, Shape.SECRET, "text", "none: a public client"),
  CLIENT_SECRET_FILE("client-secret-file", Tier.FREQUENT, Shape.SCALAR, "path of a file", "none"),
  SCOPES(
      "scopes",
      Tier.FREQUENT,
      Shape.STRUCTURE,
      "list, or text with spaces",
      "openid profile email"),
  SESSION_SECRETS(
      "session-secrets",
      Tier.FREQUENT,
      Shape.SECRETS,
      "list of text",
      "a random one: sessions end with the process"),
  SESSION_SECRET_FILES(
      "session-secret-files", Tier.FREQUENT, Shape.STRUCTURE, "list of paths", "none"),
  RULES("rules", Tier.FREQUENT, Shape.STRUCTURE, "list of rules", "none"),
  DEFAULT("default", Tier.FREQUENT, Shape.SCALAR, "`session` or `deny`", "session"),
  ALLOW_EMAIL_DOMAINS(
      "allow.email-domains", Tier.FREQUENT, Shape.STRUCTURE, "list of domains", "all"),
  ALLOW_GROUPS("allow.groups", Tier.FREQUENT, Shape.STRUCTURE, "list of text", "all"),
  ALLOW_USERS("allow.users", Tier.FREQUENT, Shape.STRUCTURE, "list of text", "all"),
  GROUPS_ALLOW(
      "groups-allow",
      Tier.FREQUENT,
      Shape.STRUCTURE,
      "list of names, or of their beginnings with `*`",
      "all"),
  IDENTITY_USER("identity.user", Tier.FREQUENT, Shape.SCALAR, "claim, or JSON pointer", "sub"),
  IDENTITY_GROUPS(
      "identity.groups", Tier.FREQUENT, Shape.SCALAR, "claim, or JSON pointer", "groups"),
  IDENTITY_ROLES(
      "identity.roles",
      Tier.FREQUENT,
      Shape.SCALAR,
      "claim, or JSON pointer",
      "none: the groups are the roles"),
  IDENTITY_HEADERS(
      "identity-headers",
      Tier.FREQUENT,
      Shape.STRUCTURE,
      "preset, or map of header to source",
      "x-auth-request"),
  SESSION_IDLE_TIMEOUT("session.idle-timeout", Tier.FREQUENT, Shape.SCALAR, "duration", "none"),
  SESSION_LIFETIME("session.lifetime", Tier.FREQUENT, Shape.SCALAR, "duration", "12h"),
  LOGOUT_REDIRECT(
      "logout-redirect", Tier.FREQUENT, Shape.SCALAR, "absolute URL or path", "a page of our own"),

  GATEWAY(
      "gateway",
      Tier.SERVER,
      Shape.SCALAR,
      "`envoy`, `nginx`, `traefik`, `caddy` or `haproxy`",
      "envoy"),
  LISTEN("listen", Tier.SERVER, Shape.SCALAR, "host:port", "127.0.0.1:4180"),
  CHECK_LISTEN("check-listen", Tier.SERVER, Shape.SCALAR, "host:port", "127.0.0.1:4181"),
  HEALTH_LISTEN("health-listen", Tier.SERVER, Shape.SCALAR, "host:port", "127.0.0.1:4182"),
  PATH_PREFIX("path-prefix", Tier.SERVER, Shape.SCALAR, "path", "empty"),
  TRUSTED_PROXIES(
      "trusted-proxies",
      Tier.SERVER,
      Shape.STRUCTURE,
      "list of addresses or CIDR blocks",
      "127.0.0.0/8, ::1/128"),

  PREFIX("prefix", Tier.RARE, Shape.SCALAR, "path", "/gatekeeper"),
  SESSION_REVALIDATE("session.revalidate", Tier.RARE, Shape.SCALAR, "duration", "15m"),
  SESSION_CLAIMS(
      "session.claims",
      Tier.RARE,
      Shape.STRUCTURE,
      "list of `email`, `name`, `groups`, `preferred-username`, `roles`",
      "email, name, groups, and what `identity-headers` and `identity.roles` are about"),
  USERINFO("userinfo", Tier.RARE, Shape.SCALAR, "`true` or `false`", "false"),
  AUTHORIZATION_ENDPOINT(
      "authorization-endpoint", Tier.RARE, Shape.SCALAR, "absolute URL or path", "the metadata's"),
  CA_BUNDLE("ca-bundle", Tier.RARE, Shape.SCALAR, "path of a file", "the JVM's authorities"),
  COOKIE_NAME("cookie-name", Tier.RARE, Shape.SCALAR, "token", "gatekeeper"),
  COOKIE_DOMAIN("cookie-domain", Tier.RARE, Shape.SCALAR, "domain", "none: the host alone"),
  ROTATION_DELAY("rotation-delay", Tier.RARE, Shape.SCALAR, "duration", "2m"),
  CLOCK_SKEW("clock-skew", Tier.RARE, Shape.SCALAR, "duration", "60s"),
  ADDITIONAL_HOSTS(
      "additional-hosts", Tier.RARE, Shape.STRUCTURE, "list of host or host:port", "none"),
  PREFLIGHT("preflight", Tier.RARE, Shape.SCALAR, "`rule` or `allow`", "rule"),
  TOKEN_ENDPOINT_AUTH_METHOD(
      "token-endpoint-auth-method",
      Tier.RARE,
      Shape.SCALAR,
      "`client_secret_basic`, `client_secret_post` or `none`",
      "what the metadata offer"),
  ID_TOKEN_SIGNED_RESPONSE_ALG(
      "id-token-signed-response-alg",
      Tier.RARE,
      Shape.SCALAR,
      "`RS256`, `PS256`, `ES256`, or one of these with 384 or 512",
      "any that the metadata list"),
  TRUSTED_AUDIENCES("trusted-audiences", Tier.RARE, Shape.STRUCTURE, "list of text", "none"),
  PROVIDER_TIMEOUT("provider-timeout", Tier.RARE, Shape.SCALAR, "duration", "10s"),
  KEEP_FRAGMENT("keep-fragment", Tier.RARE, Shape.SCALAR, "`true` or `false`", "false"),

  INSECURE_ALLOW_HTTP_ISSUER(
      "insecure-allow-http-issuer", Tier.INSECURE, Shape.SCALAR, "`true` or `false`", "false"),
  INSECURE_ALLOW_HTTP_EXTERNAL_URL(
      "insecure-allow-http-external-url",
      Tier.INSECURE,
      Shape.SCALAR,
      "`true` or `false`",
      "false"),
  INSECURE_TRUST_UNVERIFIED_EMAIL(
      "insecure-trust-unverified-email", Tier.INSECURE, Shape.SCALAR, "`true` or `false`", "false");

  static final String VARIABLE_PREFIX = "GATEKEEPER_";

  /** Who needs to know a setting. */
  enum Tier {
    ESSENTIAL,
    FREQUENT,
    SERVER,
    RARE,
    INSECURE
  }

  /** What a variable's text is: one value as it stands, or YAML. */
  enum Shape {
    SCALAR,
    SECRET,
    STRUCTURE,
    SECRETS
  }

  private final String key;
  private final Tier tier;
  private final Shape shape;
  private final String type;
  private final String defaultText;

  Setting(String key, Tier tier, Shape shape, String type, String defaultText) {
    this.key = key;
    this.tier = tier;
    this.shape = shape;
    this.type = type;
    this.defaultText = defaultText;
  }

  static Optional<Setting> of(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** Whether settings are found below this key, as {@code session.lifetime} is below session. */
  static boolean isGroup(String key) {
    for (Setting setting : values()) {
      if (setting.key.startsWith(key + ".")) {
        return true;
      }
    }
    return false;
  }

  static String variable(String key) {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  String key() {
    return key;
  }

  String variable() {
    return variable(key);
  }

  Tier tier() {
    return tier;
  }

  String type() {
    return type;
  }

  String defaultText() {
    return defaultText;
  }

  String doc() {
    return SettingDocs.of(this);
  }

  boolean secret() {
    return shape == Shape.SECRET || shape == Shape.SECRETS;
  }

  boolean structured() {
    return shape == Shape.STRUCTURE || shape == Shape.SECRETS;
  }

  /** The same thing said otherwise: a secret and the file that holds it. */
  Optional<Setting> alternative() {
    return switch (this) {
      case CLIENT_SECRET -> Optional.of(CLIENT_SECRET_FILE);
      case CLIENT_SECRET_FILE -> Optional.of(CLIENT_SECRET);
      case SESSION_SECRETS -> Optional.of(SESSION_SECRET_FILES);
      case SESSION_SECRET_FILES -> Optional.of(SESSION_SECRETS);
      default -> Optional.empty();
    };
  }
}
