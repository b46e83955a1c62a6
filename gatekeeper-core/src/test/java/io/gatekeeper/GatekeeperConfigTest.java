package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.OTHER_SECRET;
import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.SECRET;
import static io.gatekeeper.ConfigurationSamples.file;
import static io.gatekeeper.ConfigurationSamples.load;
import static io.gatekeeper.ConfigurationSamples.required;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.GatekeeperConfig.IdentityHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatekeeperConfigTest {
  @TempDir Path directory;

  @Test
  void theSampleLoads() {
    Path client = file(directory, "client", "dex-knows-this\n");
    Path fresh = file(directory, "session-new", SECRET + "\n");
    Path old = file(directory, "session-old", OTHER_SECRET + "\r\n");
    GatekeeperConfig config =
        load(
            directory,
            """
            issuer: https://kubeflow.example.com/dex
            client-id: kubeflow
            client-secret-file: %s
            external-url: https://kubeflow.example.com
            session-secret-files: [%s, %s]
            gateway: envoy
            identity-headers: kubeflow
            rules:
              - {path: /dex/**, access: public}
              - {path: /admin/**, groups: [admins]}
              - {path: [/api/**, /apis/**], challenge: unauthorized}
            """
                .formatted(client, fresh, old));

    assertEquals("https://kubeflow.example.com/dex", config.issuer().toString());
    assertEquals(Optional.of(Secret.of("dex-knows-this")), config.clientSecret());
    assertEquals(List.of(Secret.of(SECRET), Secret.of(OTHER_SECRET)), config.sessionSecrets());
    assertEquals(
        List.of("kubeflow-userid", "kubeflow-groups"),
        List.copyOf(config.identityHeaders().keySet()));
    assertEquals(Rule.Access.PUBLIC, config.rules().get(0).access());
    assertEquals(Set.of("admins"), config.rules().get(1).groups());
    assertEquals(List.of("/api/**", "/apis/**"), config.rules().get(2).paths());
    assertEquals(Rule.Challenge.UNAUTHORIZED, config.rules().get(2).challenge());
  }

  @Test
  void whatIsNotSetHasItsDocumentedDefault() {
    GatekeeperConfig config = required().build();

    assertEquals(List.of("openid", "profile", "email"), config.scopes());
    assertEquals(Duration.ofHours(12), config.sessionLifetime());
    assertEquals(Duration.ofSeconds(60), config.clockSkew());
    assertEquals(Duration.ofSeconds(10), config.providerTimeout());
    assertEquals(Rule.Access.SESSION, config.defaultAccess());
    assertEquals(
        new GatekeeperConfig.IdentityClaims("sub", "groups", Optional.empty()), config.identity());
    assertEquals(
        Map.of(
            "X-Auth-Request-User", IdentityHeader.USER,
            "X-Auth-Request-Email", IdentityHeader.EMAIL,
            "X-Auth-Request-Groups", IdentityHeader.GROUPS,
            "X-Auth-Request-Preferred-Username", IdentityHeader.PREFERRED_USERNAME),
        config.identityHeaders());
    assertEquals(
        new GatekeeperConfig.Server(
            GatekeeperConfig.Gateway.ENVOY,
            "127.0.0.1:4180",
            "127.0.0.1:4181",
            "127.0.0.1:4182",
            "",
            List.of("127.0.0.0/8", "::1/128")),
        config.server());
    assertEquals(
        Set.of(
            IdentityHeader.EMAIL,
            IdentityHeader.NAME,
            IdentityHeader.GROUPS,
            IdentityHeader.PREFERRED_USERNAME),
        config.sessionClaims());
    assertEquals(List.of(), config.groupsAllow());
    assertEquals("/gatekeeper", config.prefix());
    assertEquals("gatekeeper", config.cookieName());
    assertEquals(GatekeeperConfig.Preflight.RULE, config.preflight());
    assertEquals(List.of(), config.sessionSecrets());
    assertEquals(List.of(), config.relaxations());
  }

  @Test
  void aSessionKeepsWhatHeadersAndRolesAreAboutUnlessToldOtherwise() {
    Set<IdentityHeader> least =
        Set.of(IdentityHeader.EMAIL, IdentityHeader.NAME, IdentityHeader.GROUPS);
    GatekeeperConfig.Builder kubeflow = required().set("identity-headers", "kubeflow");
    assertEquals(least, kubeflow.build().sessionClaims());

    Set<IdentityHeader> withRoles = new HashSet<>(least);
    withRoles.add(IdentityHeader.ROLES);
    assertEquals(withRoles, kubeflow.set("identity.roles", "/realm/roles").build().sessionClaims());
    assertEquals(
        Set.of(IdentityHeader.EMAIL, IdentityHeader.GROUPS),
        kubeflow.set("session.claims", List.of("email", "groups")).build().sessionClaims());
    assertEquals(
        Set.of(IdentityHeader.NAME),
        required().set("session.claims", "name").build().sessionClaims());
  }

  @ParameterizedTest
  @CsvSource({
    "https://dex.example.com/dex/",
    "https://DEX.example.com:443/Dex",
    "http://localhost:5556/dex",
    "http://127.0.0.1:5556",
    "http://[::1]:5556/dex"
  })
  void theIssuerStaysExactlyAsTyped(String issuer) {
    assertEquals(issuer, required().issuer(issuer).build().issuer().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com/, https://app.example.com",
    "https://App.Example.com:443/Shop/, https://app.example.com/Shop",
    "https://app.example.com:8443, https://app.example.com:8443",
    "http://localhost:8080, http://localhost:8080",
    "http://localhost:80, http://localhost"
  })
  void theExternalUrlIsSpelledAsBrowsersSpellIt(String typed, String kept) {
    assertEquals(kept, required().externalUrl(typed).build().externalUrl().toString());
  }

  @ParameterizedTest
  @CsvSource({"12h, PT12H", "90s, PT90S", "15m, PT15M", "1d, PT24H", "500ms, PT0.5S", "PT2H, PT2H"})
  void aDurationIsShortOrIso(String typed, Duration lifetime) {
    assertEquals(lifetime, required().set("session.lifetime", typed).build().sessionLifetime());
  }

  @Test
  void openidIsAlwaysAskedForAndOnce() {
    assertEquals(List.of("openid", "email"), required().scopes("email", "openid").build().scopes());
    assertEquals(
        List.of("openid", "email", "groups"),
        required().set("scopes", "email  groups").build().scopes());
  }

  @Test
  void aSecretOfDigitsKeepsItsText() {
    String digits = "0123456701234567012345670123456701";
    GatekeeperConfig config =
        load(directory, REQUIRED + "client-secret: 0o17_0\nsession-secrets: [" + digits + "]\n");

    assertEquals("0o17_0", config.clientSecret().orElseThrow().reveal());
    assertEquals(digits, config.sessionSecrets().get(0).reveal());
  }

  @Test
  void aWordThatYamlCouldTakeForABooleanStaysAWord() {
    assertEquals("no", load(directory, REQUIRED + "cookie-name: no\n").cookieName());
  }

  @Test
  void theBuilderSaysWhatTheFileSays() {
    GatekeeperConfig file =
        load(
            directory,
            """
            issuer: https://dex.example.com/dex
            client-id: app
            client-secret: "knows this"
            external-url: https://app.example.com
            scopes: [email, groups]
            session-secrets: [%s]
            session: {lifetime: 1h}
            allow: {groups: [staff]}
            identity-headers: {x-who: subject, x-roles: roles}
            userinfo: true
            rules:
              - {path: /api/**, host: API.example.com, methods: [GET], groups: [a], challenge: unauthorized}
            """
                .formatted(SECRET));
    GatekeeperConfig built =
        required()
            .clientSecret("knows this")
            .scopes("email", "groups")
            .sessionSecrets(SECRET)
            .sessionLifetime(Duration.ofHours(1))
            .set("allow", Map.of("groups", Set.of("staff")))
            .set("identity-headers", headers())
            .set("userinfo", true)
            .rule(file.rules().get(0))
            .build();

    assertEquals(file.client, built.client);
    assertEquals(file.site, built.site);
    assertEquals(file.access, built.access);
    assertEquals(file.server, built.server);
  }

  private static Map<String, IdentityHeader> headers() {
    Map<String, IdentityHeader> headers = new LinkedHashMap<>();
    headers.put("x-who", IdentityHeader.SUBJECT);
    headers.put("x-roles", IdentityHeader.ROLES);
    return headers;
  }

  @Test
  void everyRuleSurvivesTheBuilder() {
    for (Rule.Access access : Rule.Access.values()) {
      Rule rule =
          new Rule(
              List.of("/a/**", "/b"),
              Set.of("a.example.com"),
              Set.of("GET", "POST"),
              access,
              access == Rule.Access.SESSION ? Set.of("g") : Set.of(),
              access == Rule.Access.SESSION ? Set.of("r") : Set.of(),
              access == Rule.Access.SESSION ? Set.of("u") : Set.of(),
              Rule.Challenge.UNAUTHORIZED);
      assertEquals(List.of(rule), required().rule(rule).build().rules());
    }
  }

  @Test
  void whatIsSetToNullIsAsIfNeverSet() {
    GatekeeperConfig config =
        required().set("session", Map.of("lifetime", "1h")).set("session", null).build();
    assertEquals(Duration.ofHours(12), config.sessionLifetime());
  }

  @Test
  void aConfigurationShowsNoSecret() {
    String shown = required().clientSecret("knows-this").sessionSecrets(SECRET).build().toString();

    assertFalse(shown.contains("knows-this"), shown);
    assertFalse(shown.contains(SECRET), shown);
    assertTrue(shown.contains("***"), shown);
    assertTrue(shown.contains("https://dex.example.com/dex"), shown);
  }

  @Test
  void theRelaxationsThatAreOnAreListed() {
    GatekeeperConfig config =
        required()
            .issuer("http://dex.example.com")
            .set("insecure-allow-http-issuer", true)
            .set("insecure-trust-unverified-email", true)
            .build();
    assertEquals(
        List.of("insecure-allow-http-issuer", "insecure-trust-unverified-email"),
        config.relaxations());
  }

  @Test
  void nothingOfAConfigurationCanBeChanged() {
    GatekeeperConfig config = required().build();
    assertThrows(
        UnsupportedOperationException.class,
        () -> config.identityHeaders().put("x", IdentityHeader.USER));
    assertThrows(UnsupportedOperationException.class, () -> config.scopes().add("x"));
    assertThrows(UnsupportedOperationException.class, () -> config.rules().clear());
  }
}
