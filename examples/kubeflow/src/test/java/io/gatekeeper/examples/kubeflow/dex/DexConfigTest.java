package io.gatekeeper.examples.kubeflow.dex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class DexConfigTest {
  private static final StaticUser USER = new StaticUser("admin@example.com", "open sesame");

  private static DexConfig config(Optional<StaticUser> user, List<Connector> connectors) {
    return new DexConfig(
        "https://kf.example/dex",
        "0.0.0.0:5556",
        new DexConfig.Client("kubeflow", "hush", "https://kf.example/gatekeeper/callback"),
        user,
        connectors);
  }

  private static JsonNode yaml(DexConfig config) throws JsonProcessingException {
    return new YAMLMapper().readTree(config.yaml());
  }

  @Test
  void theFileSaysWhatDexHasToKnow() throws JsonProcessingException {
    JsonNode file = yaml(config(Optional.of(USER), Connectors.read(CharmedConnector.YAML)));

    assertEquals("https://kf.example/dex", file.path("issuer").textValue());
    assertEquals("memory", file.at("/storage/type").textValue());
    assertEquals("0.0.0.0:5556", file.at("/web/http").textValue());
    assertTrue(file.at("/oauth2/skipApprovalScreen").booleanValue());
    assertEquals(
        "[{\"id\":\"kubeflow\",\"name\":\"kubeflow\",\"secret\":\"hush\","
            + "\"redirectURIs\":[\"https://kf.example/gatekeeper/callback\"]}]",
        file.path("staticClients").toString());
    assertTrue(file.path("enablePasswordDB").booleanValue());
    assertEquals(1, file.path("connectors").size());
  }

  @Test
  void theConnectorsAreAsTheyWereGiven() throws JsonProcessingException {
    JsonNode given = new YAMLMapper().readTree(CharmedConnector.YAML);

    JsonNode file = yaml(config(Optional.empty(), Connectors.read(CharmedConnector.YAML)));

    assertEquals(given, file.path("connectors"));
  }

  @Test
  void thePasswordIsAHashThatDexTakes() throws JsonProcessingException {
    JsonNode password = yaml(config(Optional.of(USER), List.of())).at("/staticPasswords/0");

    String hash = password.path("hash").textValue();
    assertTrue(hash.startsWith("$2a$10$"), hash);
    assertTrue(new BCryptPasswordEncoder().matches("open sesame", hash));
    assertEquals("admin@example.com", password.path("email").textValue());
    assertEquals("admin@example.com", password.path("username").textValue());
  }

  @Test
  void theUsersIdIsTheSameEachTimeAndAnotherForAnother() throws JsonProcessingException {
    String id = userId("admin");

    assertEquals(id, userId("admin"));
    assertNotEquals(id, userId("admin2"));
    assertEquals(id, UUID.fromString(id).toString());
  }

  private static String userId(String username) throws JsonProcessingException {
    StaticUser user = new StaticUser(username, "x");
    return yaml(config(Optional.of(user), List.of())).at("/staticPasswords/0/userID").textValue();
  }

  @Test
  void noStaticUserIsNoPasswordDatabase() throws JsonProcessingException {
    JsonNode file = yaml(config(Optional.empty(), Connectors.read(CharmedConnector.YAML)));

    assertFalse(file.path("enablePasswordDB").asBoolean(true));
    assertTrue(file.path("staticPasswords").isMissingNode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\nissuer: evil",
        "'\"\\",
        "#x: y",
        "&a *b !c",
        "no",
        "0123",
        "{a: b}",
        "\u00e4\u2028\u0085\ud83d\ude00\t\u0007",
        "- x",
        " "
      })
  void aHostileValueStaysAValue(String value) throws JsonProcessingException {
    DexConfig.Client client = new DexConfig.Client(value, value, value);
    Connector connector = Connectors.read(CharmedConnector.YAML).get(0);
    connector.config().put(value, value);
    DexConfig config =
        new DexConfig(
            value,
            value,
            client,
            Optional.of(new StaticUser(value, value)),
            List.of(new Connector(value, value, value, connector.config())));

    for (JsonNode file : List.of(yaml(config), new ObjectMapper().readTree(config.json()))) {
      assertEquals(value, file.path("issuer").textValue());
      assertEquals(value, file.at("/staticClients/0/secret").textValue());
      assertEquals(value, file.at("/staticPasswords/0/email").textValue());
      assertEquals(value, file.at("/connectors/0/name").textValue());
      assertEquals(value, file.at("/connectors/0/config").path(value).textValue());
      assertEquals(8, file.size());
    }
  }

  @Test
  void aPasswordMayHave72BytesAndNotOneMore() {
    config(Optional.of(new StaticUser("a", "ä".repeat(36))), List.of());
    Optional<StaticUser> longer = Optional.of(new StaticUser("a", "ä".repeat(36) + "x"));

    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> config(longer, List.of()));

    assertEquals(
        "static-password: 73 bytes (expected: at most 72, which is what Dex's bcrypt takes)",
        exception.getMessage());
  }

  @Test
  void aDexThatNobodyCouldSignInToIsAMistake() {
    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> config(Optional.empty(), List.of()));

    assertEquals(
        "Nobody could sign in (expected: static-username and static-password, or connectors)",
        exception.getMessage());
  }

  @Test
  void noSecretIsPrinted() {
    String text = config(Optional.of(USER), Connectors.read(CharmedConnector.YAML)).toString();

    assertFalse(text.contains("sesame") || text.contains("hush") || text.contains("bindPW"), text);
  }
}
