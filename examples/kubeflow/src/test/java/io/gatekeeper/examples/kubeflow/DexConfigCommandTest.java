package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DexConfigCommandTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "external-url", "https://kf.example/",
          "client-secret", "hush",
          "connectors", "[{id: a, name: A, type: mockCallback}]",
          "static-username", "(default)",
          "static-password", "(default)",
          "redirect-uri", "");

  private static JsonNode render(String... options) throws Exception {
    return new YAMLMapper()
        .readTree(DexConfigCommand.render(List.of(options), TestSettings.properties(LEAST)));
  }

  @Test
  void whatIsNotGivenFollowsFromTheExternalUrl() throws Exception {
    JsonNode file = render();

    assertEquals("https://kf.example/dex", file.path("issuer").textValue());
    assertEquals("kubeflow", file.at("/staticClients/0/id").textValue());
    assertEquals(
        "https://kf.example/gatekeeper/callback",
        file.at("/staticClients/0/redirectURIs/0").textValue());
    assertTrue(file.path("staticPasswords").isMissingNode());
    assertEquals(1, file.path("connectors").size());
  }

  @Test
  void anOptionOutranksAProperty() throws Exception {
    JsonNode file =
        render(
            "--external-url",
            "https://other.example",
            "--redirect-uri=/authservice/oidc/callback",
            "--client-id=authservice-oidc",
            "--client-secret",
            "a=b",
            "--static-username=admin",
            "--static-password=x");

    assertEquals("https://other.example/dex", file.path("issuer").textValue());
    assertEquals(
        "/authservice/oidc/callback", file.at("/staticClients/0/redirectURIs/0").textValue());
    assertEquals("authservice-oidc", file.at("/staticClients/0/id").textValue());
    assertEquals("a=b", file.at("/staticClients/0/secret").textValue());
    assertEquals("admin", file.at("/staticPasswords/0/email").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour|--colour (expected: --client-id, --client-secret, --connectors, --external-url,"
            + " --redirect-uri, --static-password, --static-username)",
        "--client-id|--client-id: missing (expected: a value behind it)",
        "--client-secret=|client-secret: missing (expected: the one that Gatekeeper has)",
        "--external-url=|external-url: missing (expected: https://kubeflow.example.com)",
        "--external-url=kf|external-url: kf (expected: a URL such as https://kubeflow.example.com)",
        "--external-url=https://a/?b|external-url: https://a/?b (expected: a URL such as"
            + " https://kubeflow.example.com)",
        "--static-username=a|static-password: empty (expected: both, static-username and"
            + " static-password; or both empty, for no static user)",
        "--connectors=[]|Nobody could sign in (expected: static-username and static-password, or"
            + " connectors)"
      })
  void aMistakeIsSaid(String option, String message) {
    Exception exception = assertThrows(IllegalArgumentException.class, () -> render(option));

    assertEquals(message, exception.getMessage());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileIsItsOwnersAlone(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("dex.yaml");

    DexConfigCommand.write(file.toString(), TestSettings.properties(LEAST));

    assertTrue(Files.readString(file).startsWith("issuer: \"https://kf.example/dex\"\n"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid(@TempDir Path directory) {
    Exception exception =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                DexConfigCommand.write(
                    directory.resolve("no/dex.yaml").toString(), TestSettings.properties(LEAST)));

    assertTrue(exception.getMessage().startsWith("dex-config: "), exception.getMessage());
  }
}
