package io.gatekeeper;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings: immutable, and validated as a whole. */
public interface GatekeeperConfig {
  URI issuer();

  String clientId();

  Optional<Secret> clientSecret();

  /** Scheme, authority and context path; never a trailing slash. */
  URI externalUrl();

  /** Always with {@code openid}. */
  List<String> scopes();

  /** Empty: a random one is made. */
  List<Secret> sessionSecrets();

  List<Rule> rules();

  /** What no rule matches: SESSION, or DENY. */
  Rule.Access defaultAccess();

  Allow allow();

  IdentityClaims identity();

  /** Header name to its source, in order. */
  Map<String, IdentityHeader> identityHeaders();

  Duration sessionLifetime();

  Optional<String> logoutRedirect();

  Server server();

  String prefix();

  boolean userinfo();

  Optional<String> authorizationEndpoint();

  Optional<Path> caBundle();

  String cookieName();

  Optional<String> cookieDomain();

  Duration clockSkew();

  List<String> additionalHosts();

  Preflight preflight();

  Optional<String> tokenEndpointAuthMethod();

  Set<String> trustedAudiences();

  Duration providerTimeout();

  boolean insecureAllowHttpIssuer();

  boolean insecureTrustUnverifiedEmail();

  record Allow(Set<String> emailDomains, Set<String> groups, Set<String> users) {}

  /** Claim names, or JSON pointers where they begin with a slash. Roles empty: the groups. */
  record IdentityClaims(String user, String groups, Optional<String> roles) {}

  enum IdentityHeader {
    USER,
    SUBJECT,
    EMAIL,
    NAME,
    PREFERRED_USERNAME,
    GROUPS,
    ROLES
  }

  enum Preflight {
    RULE,
    ALLOW
  }

  enum Gateway {
    ENVOY
  }

  record Server(
      Gateway gateway,
      String listen,
      String checkListen,
      String healthListen,
      String pathPrefix,
      List<String> trustedProxies) {}

  static Builder builder() {
    return new Builder();
  }

  /** Collects settings under their names in the configuration file. */
  @SuppressWarnings("DoNotCallSuggester")
  final class Builder {
    Builder() {}

    public Builder set(String key, Object value) {
      throw new UnsupportedOperationException(key + value);
    }

    public GatekeeperConfig build() {
      throw new UnsupportedOperationException();
    }
  }
}
