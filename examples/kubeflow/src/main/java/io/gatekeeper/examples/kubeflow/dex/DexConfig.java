package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * What Dex's configuration file says.
 *
 * @param issuer the issuer
 * @param listen the address that Dex listens on: {@code 127.0.0.1:5556}
 * @param client who may send people to it
 * @param staticUser the person whom it knows by itself, if there is one
 * @param connectors where else it lets people sign in
 */
public record DexConfig(
    String issuer,
    String listen,
    Client client,
    Optional<StaticUser> staticUser,
    List<Connector> connectors) {
  /** The least that Dex takes from its own API. */
  private static final int BCRYPT_COST = 10;

  private static final int BCRYPT_BYTES = 72;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .build());

  /**
   * Checks what Dex would refuse.
   *
   * @throws IllegalArgumentException where nobody could sign in, or the password is too long
   */
  public DexConfig {
    if (staticUser.isEmpty() && connectors.isEmpty()) {
      throw new IllegalArgumentException(
          "Nobody could sign in (expected: static-username and static-password, or connectors)");
    }
    staticUser
        .map(DexConfig::passwordBytes)
        .filter(bytes -> bytes > BCRYPT_BYTES)
        .ifPresent(
            bytes -> {
              throw new IllegalArgumentException(
                  "static-password: %d bytes (expected: at most %d, which is what Dex's bcrypt takes)"
                      .formatted(bytes, BCRYPT_BYTES));
            });
    connectors = List.copyOf(connectors);
  }

  /**
   * The client.
   *
   * @param id its id, which is its name too
   * @param secret its secret
   * @param redirectUri where people come back to; a path alone is Dex's own site's
   */
  public record Client(String id, String secret, String redirectUri) {
    @Override
    public String toString() {
      return "Client[id=" + id + ", secret=***, redirectUri=" + redirectUri + "]";
    }
  }

  /** The file, as people write it. Each time with a new hash of the password. */
  public String yaml() {
    return write(YAML);
  }

  /** The file in one line, which is YAML too. */
  public String json() {
    return write(JSON);
  }

  private String write(ObjectMapper mapper) {
    try {
      return mapper.writeValueAsString(tree());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can't be written", e);
    }
  }

  private ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("issuer", issuer);
    tree.putObject("storage").put("type", "memory");
    tree.putObject("web").put("http", listen);
    tree.putObject("oauth2").put("skipApprovalScreen", true);
    ObjectNode entry = tree.putArray("staticClients").addObject();
    entry.put("id", client.id()).put("name", client.id()).put("secret", client.secret());
    entry.putArray("redirectURIs").add(client.redirectUri());
    tree.put("enablePasswordDB", staticUser.isPresent());
    staticUser.ifPresent(user -> password(tree.putArray("staticPasswords").addObject(), user));
    if (!connectors.isEmpty()) {
      ArrayNode list = tree.putArray("connectors");
      connectors.forEach(connector -> connector(list.addObject(), connector));
    }
    return tree;
  }

  private static void password(ObjectNode entry, StaticUser user) {
    byte[] name = ("static user " + user.username()).getBytes(StandardCharsets.UTF_8);
    entry
        .put("email", user.username())
        .put("hash", new BCryptPasswordEncoder(BCRYPT_COST).encode(user.password()))
        .put("username", user.username())
        .put("userID", UUID.nameUUIDFromBytes(name).toString());
  }

  private static void connector(ObjectNode entry, Connector connector) {
    entry
        .put("type", connector.type())
        .put("id", connector.id())
        .put("name", connector.name())
        .set("config", connector.config());
  }

  private static int passwordBytes(StaticUser user) {
    return user.password().getBytes(StandardCharsets.UTF_8).length;
  }
}
