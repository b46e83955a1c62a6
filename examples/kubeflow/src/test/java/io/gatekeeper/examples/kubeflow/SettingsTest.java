package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.kubeflow.dex.Connector;
import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String CONNECTORS =
      "[{id: one, name: One, type: mockCallback}, {id: two, name: Two, type: mockCallback}]";

  private static Settings settings(Map<String, String> values) {
    return TestSettings.of(values);
  }

  private static String failure(Map<String, String> values) {
    return assertThrows(IllegalArgumentException.class, () -> settings(values)).getMessage();
  }

  @Test
  void whatIsEmptyOrNotGivenHasItsDefault() {
    Settings settings =
        settings(
            Map.of(
                "port", "",
                "static-username", "(default)",
                "static-password", "(default)",
                "issuer", "",
                "connectors", "",
                "dex", ""));

    assertEquals(8080, settings.port());
    StaticUser user = settings.staticUser().orElseThrow();
    assertEquals("user@example.com", user.username());
    assertTrue(user.password().matches("([a-z]{4}-){2}[a-z]{4}"));
    assertEquals(List.of(), settings.connectors());
    assertEquals(Optional.empty(), settings.dex());
    assertEquals(Optional.empty(), settings.ownProvider());
  }

  @Test
  void eachStartHasAPasswordOfItsOwn() {
    assertNotEquals(settings(Map.of()).staticUser(), settings(Map.of()).staticUser());
  }

  @Test
  void aStaticUserThatIsEmptyOnPurposeIsNone() {
    Settings settings =
        settings(
            Map.of(
                "static-username", "",
                "static-password", "",
                "connectors", CONNECTORS,
                "dex", "/opt/dex"));

    assertEquals(Optional.empty(), settings.staticUser());
    assertEquals(List.of("one", "two"), settings.connectors().stream().map(Connector::id).toList());
    assertEquals(Optional.of(Path.of("/opt/dex")), settings.dex());
  }

  @ParameterizedTest
  @CsvSource({"'', x, static-username", "x, '', static-password", "'', (default), static-username"})
  void onlyOneOfBothEmptyIsAMistake(String username, String password, String named) {
    assertEquals(
        named
            + ": empty (expected: both, static-username and static-password; or both empty, for no"
            + " static user)",
        failure(Map.of("static-username", username, "static-password", password)));
  }

  @Test
  void connectorsAloneNeedARealDex() {
    assertEquals(
        "static-username: empty (expected: somebody, whom the embedded provider knows; or for the"
            + " connectors alone a real Dex: -Ddex=PATH)",
        failure(Map.of("static-username", "", "static-password", "", "connectors", CONNECTORS)));
  }

  @Test
  void nobodyAtAllIsAMistake() {
    assertEquals(
        "static-username: empty (expected: somebody, whom the embedded provider knows; or"
            + " connectors and a real Dex: -Ddex=PATH)",
        failure(Map.of("static-username", "", "static-password", "")));
  }

  @Test
  void aDexAndAnIssuerAreOneTooMany() {
    assertEquals(
        "dex and issuer are both given (expected: one of them)",
        failure(Map.of("dex", "/opt/dex", "issuer", "https://id.example")));
  }

  @Test
  void anIssuerIsUsedInPlaceOfTheEmbeddedProvider() {
    Settings settings =
        settings(Map.of("issuer", "https://id.example", "client-id", "x", "client-secret", "s"));

    assertEquals(
        new Settings.OwnProvider("https://id.example", "x", Optional.of("s")),
        settings.ownProvider().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "8080 ", "99999999999"})
  void aPortThatIsNoneIsSaid(String port) {
    assertEquals(
        "port: " + port + " (expected: a number from 0 to 65535)", failure(Map.of("port", port)));
  }

  @Test
  void noSecretIsPrinted() {
    Settings settings =
        settings(
            Map.of(
                "static-password", "hush",
                "connectors", "[{id: a, name: A, type: oidc, config: {clientSecret: hush}}]",
                "issuer", "https://id.example",
                "client-secret", "hush"));

    assertFalse((settings + " " + settings.ownProvider()).contains("hush"));
  }
}
