package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Settings settings(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return Settings.of(properties);
  }

  @Test
  void whatIsEmptyHasItsDefault() {
    Settings settings =
        settings(Map.of("port", "", "static-username", " ", "static-password", "", "issuer", ""));

    assertEquals(8080, settings.port());
    assertEquals("user@example.com", settings.username());
    assertTrue(settings.password().matches("([a-z]{4}-){2}[a-z]{4}"));
    assertEquals(Optional.empty(), settings.ownProvider());
  }

  @Test
  void eachStartHasAPasswordOfItsOwn() {
    assertNotEquals(settings(Map.of()).password(), settings(Map.of()).password());
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
    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> settings(Map.of("port", port)));

    assertEquals("port: " + port + " (expected: a number from 0 to 65535)", exception.getMessage());
  }

  @Test
  void noSecretIsPrinted() {
    Settings settings =
        settings(
            Map.of(
                "static-password", "hush",
                "issuer", "https://id.example",
                "client-secret", "hush"));

    assertFalse((settings + " " + settings.ownProvider()).contains("hush"));
  }
}
