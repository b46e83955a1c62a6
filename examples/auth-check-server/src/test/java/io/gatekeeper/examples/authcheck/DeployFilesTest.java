package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatekeeper.GatekeeperConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we ship for an operator, as far as neither a cluster nor a container shows it. */
class DeployFilesTest {
  private static final Set<String> KUBEFLOW =
      Set.of("cookie", "kubeflow-groups", "kubeflow-userid");
  private static final Set<String> X_AUTH_REQUEST =
      Set.of(
          "cookie",
          "x-auth-request-email",
          "x-auth-request-groups",
          "x-auth-request-preferred-username",
          "x-auth-request-user");

  /** What each gateway calls the list of headers that an answer replaces. */
  private static final Set<String> LISTS =
      Set.of(
          "allowed_authorization_headers",
          "headersToUpstreamOnAllow",
          "authResponseHeaders",
          "nginx.ingress.kubernetes.io/auth-response-headers");

  @TempDir private Path directory;

  static List<Path> yaml() throws IOException {
    return DeployFiles.yaml();
  }

  static List<Path> settings() throws IOException {
    return DeployFiles.settings();
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void everyYamlFileCanBeReadAndSaysNothingTwice(Path file) throws IOException {
    List<JsonNode> documents = DeployFiles.documents(file);

    assertFalse(documents.isEmpty());
    documents.forEach(document -> assertTrue(document.isObject(), document::toString));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void settingsAreOnesToStartWith(Path file) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef".repeat(3));
    String text =
        Files.readString(file)
            .replaceAll("/run/secrets/[a-z/-]+", Matcher.quoteReplacement(secret.toString()));

    GatekeeperConfig.load(Files.writeString(directory.resolve("gatekeeper.yaml"), text));
  }

  @Test
  void everyListOfHeadersForTheApplicationIsWholeAndHasNothingElse() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : DeployFiles.yaml()) {
      for (JsonNode list : lists(DeployFiles.documents(file))) {
        Set<String> names = names(list);
        assertTrue(names.equals(KUBEFLOW) || names.equals(X_AUTH_REQUEST), file + ": " + names);
        found.add(file.toString());
      }
    }

    assertEquals(6, found.size(), found::toString);
  }

  @Test
  void nothingLetsRequestsByWhereNobodyAnswers() throws IOException {
    assertFalse(
        DeployFiles.document("emissary/auth-service.yaml")
            .at("/spec/failure_mode_allow")
            .asBoolean(true));
    assertFalse(
        DeployFiles.document("istio/values.yaml")
            .at("/meshConfig/extensionProviders/0/envoyExtAuthzHttp/failOpen")
            .asBoolean(true));
  }

  @Test
  void kubeflowsMeshAsksLikeEveryIstio() throws IOException {
    String mesh =
        DeployFiles.document("kubeflow/component/istio-mesh.yaml").at("/data/mesh").asText();

    assertEquals(
        DeployFiles.document("istio/values.yaml").at("/meshConfig/extensionProviders"),
        DeployFiles.parse(mesh).get(0).get("extensionProviders"));
  }

  @Test
  void dexSendsPeopleBackToWhereTheSettingsSay() throws IOException {
    String kubeflow =
        DeployFiles.document("kubeflow/component/dex-config.yaml")
            .get("data")
            .get("config.yaml")
            .asText();

    assertSameLogin(
        DeployFiles.parse(kubeflow).get(0),
        DeployFiles.document("kubeflow/gatekeeper/gatekeeper.yaml"));
    assertSameLogin(
        DeployFiles.document("docker-compose/dex.yaml"),
        DeployFiles.document("docker-compose/gatekeeper.yaml"));
  }

  private static void assertSameLogin(JsonNode dex, JsonNode settings) {
    assertEquals(settings.get("issuer"), dex.get("issuer"));
    assertEquals(
        settings.get("external-url").asText() + "/gatekeeper/callback",
        dex.at("/staticClients/0/redirectURIs/0").asText());
  }

  @Test
  void whatComposeMountsIsThere() throws IOException {
    int files = 0;
    for (JsonNode service : DeployFiles.document("docker-compose/compose.yaml").get("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":", -1)[0];
        if (!source.contains("/target/")) {
          assertTrue(
              Files.exists(DeployFiles.DEPLOY.resolve("docker-compose").resolve(source)), source);
          files++;
        }
      }
    }
    assertEquals(5, files);
  }

  private static List<JsonNode> lists(Iterable<JsonNode> nodes) throws IOException {
    List<JsonNode> lists = new ArrayList<>();
    for (JsonNode node : nodes) {
      for (var field : node.properties()) {
        if (LISTS.contains(field.getKey())) {
          lists.add(field.getValue());
        } else if (field.getKey().equals("mesh")) {
          lists.addAll(lists(DeployFiles.parse(field.getValue().asText())));
        }
      }
      lists.addAll(lists(node));
    }
    return lists;
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new TreeSet<>();
    if (list.isTextual()) {
      names.addAll(List.of(list.asText().toLowerCase(Locale.ROOT).split(",", -1)));
    } else {
      list.forEach(name -> names.add(name.asText().toLowerCase(Locale.ROOT)));
    }
    return names;
  }
}
