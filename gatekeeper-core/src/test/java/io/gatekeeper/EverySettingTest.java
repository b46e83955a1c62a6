package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.file;
import static io.gatekeeper.ConfigurationSamples.problems;
import static io.gatekeeper.ConfigurationSamples.required;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No key is known to the table and to nobody else. */
class EverySettingTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Setting.class)
  void aValueThatIsNoneIsAMistakeOfItsSetting(Setting setting) {
    Map<String, Object> none = Map.of("no such", List.of());
    List<String> lines = problems(() -> required().set(setting.key(), none).build());

    assertFalse(lines.isEmpty(), setting.key());
    assertTrue(lines.stream().allMatch(line -> line.startsWith(setting.key())), lines.toString());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void anotherValueThanTheDefaultChangesTheConfiguration(Setting setting) {
    String before = base(setting).build().toString();
    String after = base(setting).set(setting.key(), another(setting)).build().toString();
    assertNotEquals(before, after);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void itsVariableMeansTheSame(Setting setting) {
    Object value = another(setting);
    String text = setting == Setting.RULES ? "[{path: /a}]" : String.valueOf(value);
    assertEquals(
        base(setting).set(setting.key(), value).build().toString(),
        base(setting).environment(Map.of(setting.variable(), text)).build().toString());
  }

  /** What the setting needs to stand on. */
  private static GatekeeperConfig.Builder base(Setting setting) {
    return setting == Setting.TOKEN_ENDPOINT_AUTH_METHOD
        ? required().clientSecret("knows-this")
        : required();
  }

  private Object another(Setting setting) {
    return switch (setting) {
      case ISSUER -> "https://other.example.com";
      case CLIENT_ID, COOKIE_NAME -> "other";
      case EXTERNAL_URL -> "https://other.example.com/shop";
      case CLIENT_SECRET -> "knows-this";
      case SESSION_SECRETS -> List.of(ConfigurationSamples.SECRET);
      case CLIENT_SECRET_FILE -> file(directory, "secret", ConfigurationSamples.SECRET);
      case SESSION_SECRET_FILES ->
          List.of(file(directory, "secret", ConfigurationSamples.SECRET).toString());
      case CA_BUNDLE -> file(directory, "ca.pem", "");
      case SCOPES, ALLOW_GROUPS, GROUPS_ALLOW, ALLOW_USERS, TRUSTED_AUDIENCES -> List.of("other");
      case RULES -> List.of(Map.of("path", "/a"));
      case DEFAULT -> "deny";
      case ALLOW_EMAIL_DOMAINS, ADDITIONAL_HOSTS -> List.of("other.example.com");
      case IDENTITY_USER, IDENTITY_GROUPS, IDENTITY_ROLES -> "/other/claim";
      case IDENTITY_HEADERS -> "kubeflow";
      case SESSION_CLAIMS -> List.of("name");
      case SESSION_LIFETIME, SESSION_IDLE_TIMEOUT, SESSION_REVALIDATE -> "1h";
      case ROTATION_DELAY, CLOCK_SKEW, PROVIDER_TIMEOUT -> "5s";
      case LOGOUT_REDIRECT, PATH_PREFIX, PREFIX, AUTHORIZATION_ENDPOINT -> "/other";
      case GATEWAY -> "nginx";
      case LISTEN, CHECK_LISTEN, HEALTH_LISTEN -> "[::1]:0";
      case TRUSTED_PROXIES -> List.of("10.0.0.0/8", "fd00::/8");
      case USERINFO,
          KEEP_FRAGMENT,
          INSECURE_ALLOW_HTTP_ISSUER,
          INSECURE_ALLOW_HTTP_EXTERNAL_URL,
          INSECURE_TRUST_UNVERIFIED_EMAIL ->
          true;
      case COOKIE_DOMAIN -> "example.com";
      case PREFLIGHT -> "allow";
      case ID_TOKEN_SIGNED_RESPONSE_ALG -> "ES256";
      case TOKEN_ENDPOINT_AUTH_METHOD -> "client_secret_post";
    };
  }
}
