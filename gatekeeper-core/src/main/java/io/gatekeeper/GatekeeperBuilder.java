package io.gatekeeper;

import io.gatekeeper.access.AccessRule;
import io.gatekeeper.access.AccessRules;
import io.gatekeeper.access.Admission;
import io.gatekeeper.access.GroupNames;
import io.gatekeeper.access.IdentityHeaders;
import io.gatekeeper.access.PathPattern;
import io.gatekeeper.access.Verdict;
import io.gatekeeper.http.Site;
import io.gatekeeper.http.Sites;
import io.gatekeeper.login.BackChannelLogout;
import io.gatekeeper.login.ClaimsMapping;
import io.gatekeeper.login.KeptClaims;
import io.gatekeeper.login.LoginFlow;
import io.gatekeeper.login.LogoutFlow;
import io.gatekeeper.login.RefreshTokens;
import io.gatekeeper.login.Renewals;
import io.gatekeeper.provider.ClientCredentials;
import io.gatekeeper.provider.IdTokenVerifier;
import io.gatekeeper.provider.LogoutTokenVerifier;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderHttp;
import io.gatekeeper.provider.ProviderSignatures;
import io.gatekeeper.provider.RevocationEndpoint;
import io.gatekeeper.provider.TokenEndpoint;
import io.gatekeeper.provider.TokenExpectations;
import io.gatekeeper.provider.Trust;
import io.gatekeeper.provider.UserinfoEndpoint;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.InProcessRevocations;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.RevocableTokens;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link Gatekeeper} together. Not for use by several threads at once.
 *
 * <p>What is not given has a default: the system's clock, and a listener that writes to the log.
 */
public final class GatekeeperBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  private final GatekeeperConfig config;
  private final SecureRandom random = new SecureRandom();
  private final List<GatekeeperListener> listeners =
      new ArrayList<>(List.of(new LoggingListener()));
  private Clock clock = Clock.systemUTC();
  private Duration secretsPeriod = Duration.ofSeconds(5);
  private @Nullable Revocations revocations;

  GatekeeperBuilder(GatekeeperConfig config) {
    this.config = config;
  }

  /**
   * Tells one more listener what happens.
   *
   * @param listener the listener, beside the one that writes to the log
   * @return this builder
   */
  public GatekeeperBuilder listener(GatekeeperListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Takes the time from another clock.
   *
   * @param clock the clock that sessions, login states and ID tokens are judged by
   * @return this builder
   */
  public GatekeeperBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** How often the session secrets' files are looked at, for tests that can't wait. */
  GatekeeperBuilder secretsPeriod(Duration period) {
    this.secretsPeriod = period;
    return this;
  }

  /**
   * Takes revocations from elsewhere: from an implementation that shares them among processes.
   *
   * @param revocations what is asked about every session, in place of {@link InProcessRevocations}
   * @return this builder
   */
  public GatekeeperBuilder revocations(Revocations revocations) {
    this.revocations = revocations;
    return this;
  }

  /**
   * Builds it. The provider isn't asked for anything yet.
   *
   * @return the gatekeeper, to be closed by the caller
   * @throws ConfigurationException when the CA bundle can't be read
   */
  public Gatekeeper build() {
    config.relaxations().forEach(key -> LOG.warn("{}: a check is relaxed", key));
    ExecutorService waiting = ProviderExecutors.waiting();
    ScheduledExecutorService background = ProviderExecutors.background();
    ProviderHttp http = new ProviderHttp(config.providerTimeout(), tls());
    Sites sites = new Sites(site(), config.additionalHosts());
    CookieNames names =
        new CookieNames(config.cookieName(), sites.external(), config.cookieDomain().orElse(null));
    SessionKeys keys = keys();
    watch(keys, background);
    Revocations revoked =
        revocations == null
            ? new InProcessRevocations(config.sessionLifetime(), clock)
            : revocations;
    SessionTokens tokens =
        new RevocableTokens(
            new JwtSessionTokens(
                keys,
                sites.external().url(),
                config.clientId(),
                new SessionTerms(config.sessionLifetime(), config.sessionIdleTimeout()),
                clock),
            revoked);
    SessionCookies cookies = new SessionCookies(names, tokens);
    Admission admission =
        new Admission(
            config.allow().emailDomains(), config.allow().groups(), config.allow().users());
    Provider provider =
        new Provider(
            config.issuer().toString(), authorizationEndpoint(sites.external()), http, background);
    LoginFlow.Sessions sessions = new LoginFlow.Sessions(keys, names, tokens, cookies, revoked);
    ProviderSignatures signatures =
        new ProviderSignatures(http, background, config.idTokenSignedResponseAlg().orElse(null));
    LoginFlow.Settings settings =
        new LoginFlow.Settings(
            config.clientId(),
            config.scopes(),
            mapping(),
            admission,
            kept(),
            config.sessionRevalidate());
    LoginFlow.Endpoints endpoints = endpoints(provider, http, signatures);
    RefreshTokens refreshTokens =
        new RefreshTokens(provider, new RevocationEndpoint(credentials(), http), background);
    Renewals renewals =
        new Renewals(settings, endpoints, sessions, refreshTokens, random, clock, waiting);
    LoginFlow loginFlow = new LoginFlow(settings, endpoints, sessions, random, clock);
    LogoutFlow logoutFlow =
        new LogoutFlow(
            config.clientId(),
            config.logoutRedirect().orElse(null),
            provider,
            refreshTokens,
            sessions,
            random,
            clock);
    GatekeeperListener listener = new Listeners(listeners);
    AccessRules rules = rules(sites.external());
    config.logoutRedirect().ifPresent(page -> Farewell.check(page, rules, sites.external()));
    Fragments fragments = new Fragments(config.keepFragment());
    return new OidcGatekeeper(
        new Guard(
            sites,
            rules,
            admission,
            identityHeaders(),
            names,
            cookies,
            renewals,
            config.preflight() == GatekeeperConfig.Preflight.ALLOW),
        fragments,
        new OwnEndpoints(
            sites.external().ownPath(),
            fragments,
            provider,
            loginFlow,
            logoutFlow,
            new BackChannelLogout(
                provider, new LogoutTokenVerifier(expectations(), signatures), revoked),
            cookies,
            new RenewalEndpoints(renewals, cookies, admission, listener),
            listener),
        loginFlow,
        provider,
        revoked,
        listener,
        waiting,
        background);
  }

  private Site site() {
    return Site.of(config.externalUrl(), config.prefix());
  }

  private @Nullable SSLContext tls() {
    if (config.caBundle().isEmpty()) {
      return null;
    }
    try {
      return Trust.withBundle(config.caBundle().get());
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(
              "ca-bundle: %s (expected: certificates in PEM; %s)"
                  .formatted(config.caBundle().get(), e.getMessage())));
    }
  }

  private SessionKeys keys() {
    if (config.sessionSecrets().isEmpty()) {
      LOG.warn(
          "session-secrets: none, so a random one is used: sessions end with this process, and no"
              + " other replica knows them (openssl rand -base64 32 makes one)");
      return SessionKeys.random(random);
    }
    return new SessionKeys(
        config.sessionSecrets().stream().map(Secret::reveal).toList(),
        config.rotationDelay(),
        clock);
  }

  private void watch(SessionKeys keys, ScheduledExecutorService background) {
    if (!config.sessionSecretFiles().paths().isEmpty()) {
      SecretsWatch watch =
          new SecretsWatch(config.sessionSecretFiles(), config.sessionSecrets(), keys);
      ScheduledFuture<?> unused =
          background.scheduleWithFixedDelay(
              watch, secretsPeriod.toMillis(), secretsPeriod.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** A path is the gateway's own: the browser is sent there under the external URL. */
  private @Nullable URI authorizationEndpoint(Site site) {
    return config
        .authorizationEndpoint()
        .map(endpoint -> URI.create(endpoint.startsWith("/") ? site.origin() + endpoint : endpoint))
        .orElse(null);
  }

  private LoginFlow.Endpoints endpoints(
      Provider provider, ProviderHttp http, ProviderSignatures signatures) {
    return new LoginFlow.Endpoints(
        provider,
        new TokenEndpoint(credentials(), http),
        new IdTokenVerifier(expectations(), signatures),
        config.userinfo() ? new UserinfoEndpoint(http) : null);
  }

  private ClientCredentials credentials() {
    return new ClientCredentials(
        config.clientId(),
        config.clientSecret().map(Secret::reveal).orElse(null),
        config.tokenEndpointAuthMethod().orElse(null));
  }

  private TokenExpectations expectations() {
    return new TokenExpectations(
        config.clientId(), config.trustedAudiences(), config.clockSkew(), clock);
  }

  private ClaimsMapping mapping() {
    GatekeeperConfig.IdentityClaims claims = config.identity();
    return new ClaimsMapping(
        claims.user(),
        claims.groups(),
        claims.roles().orElse(null),
        config.insecureTrustUnverifiedEmail());
  }

  private KeptClaims kept() {
    return new KeptClaims(
        config.sessionClaims().stream()
            .map(GatekeeperBuilder::source)
            .collect(Collectors.toUnmodifiableSet()),
        config.groupsAllow().isEmpty() ? GroupNames.ALL : new GroupNames(config.groupsAllow()),
        config.identity().roles().isEmpty());
  }

  private AccessRules rules(Site site) {
    return new AccessRules(
        config.rules().stream().map(GatekeeperBuilder::rule).toList(),
        kind(config.defaultAccess()),
        site.contextPath());
  }

  private static AccessRule rule(Rule rule) {
    return new AccessRule(
        rule.paths().stream().map(PathPattern::parse).toList(),
        rule.hosts(),
        rule.methods(),
        kind(rule.access()),
        rule.groups(),
        rule.roles(),
        rule.users(),
        rule.challenge() == Rule.Challenge.UNAUTHORIZED);
  }

  private static Verdict.Kind kind(Rule.Access access) {
    return switch (access) {
      case PUBLIC -> Verdict.Kind.PUBLIC;
      case SESSION -> Verdict.Kind.SESSION;
      case DENY -> Verdict.Kind.DENY;
    };
  }

  private IdentityHeaders identityHeaders() {
    Map<String, IdentityHeaders.Source> sources = new LinkedHashMap<>();
    config.identityHeaders().forEach((name, header) -> sources.put(name, source(header)));
    return new IdentityHeaders(sources);
  }

  private static IdentityHeaders.Source source(GatekeeperConfig.IdentityHeader header) {
    return switch (header) {
      case USER -> IdentityHeaders.Source.USER;
      case SUBJECT -> IdentityHeaders.Source.SUBJECT;
      case EMAIL -> IdentityHeaders.Source.EMAIL;
      case NAME -> IdentityHeaders.Source.NAME;
      case PREFERRED_USERNAME -> IdentityHeaders.Source.PREFERRED_USERNAME;
      case GROUPS -> IdentityHeaders.Source.GROUPS;
      case ROLES -> IdentityHeaders.Source.ROLES;
    };
  }
}
