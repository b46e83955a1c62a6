package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of Kubernetes and Istio have no field that these don't know. */
class DeployObjectsTest {
  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 Service", Service.class,
          "apps/v1 Deployment", Deployment.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "networking.k8s.io/v1 Ingress", Ingress.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "networking.istio.io/v1 VirtualService", VirtualService.class,
          "security.istio.io/v1 AuthorizationPolicy", AuthorizationPolicy.class);

  /** Nothing to hold them against. */
  private static final Set<String> WITHOUT_MODEL =
      Set.of("getambassador.io/v3alpha1", "traefik.io/v1alpha1");

  private static final ObjectMapper STRICT =
      new ObjectMapper().setAnnotationIntrospector(new NoRoomForTheUnknown());

  /** The models keep unknown fields in a map; without it they are refused. */
  private static final class NoRoomForTheUnknown extends JacksonAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  static List<Named<JsonNode>> objects() throws IOException {
    List<Named<JsonNode>> objects = new ArrayList<>();
    for (Path file : DeployFiles.yaml()) {
      for (JsonNode document : DeployFiles.documents(file)) {
        String version = document.path("apiVersion").asText("");
        boolean isObject = !version.isEmpty() && !version.startsWith("kustomize.");
        if (isObject && !WITHOUT_MODEL.contains(version)) {
          objects.add(Named.of(file + " " + document.get("kind").asText(), document));
        }
      }
    }
    return objects;
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyFieldIsOneOfItsKind(JsonNode object) throws IOException {
    Class<?> model =
        MODELS.get(object.get("apiVersion").asText() + " " + object.get("kind").asText());

    assertNotNull(model, object::toString);
    assertNotNull(STRICT.treeToValue(object, model));
    assertFalse(object.at("/metadata/name").asText().isEmpty());
  }

  /** Of MeshConfig there is no model. */
  @Test
  void policiesNameTheProviderThatTheMeshKnows() throws IOException {
    JsonNode provider =
        DeployFiles.document("istio/values.yaml").at("/meshConfig/extensionProviders/0/name");

    for (String folder : List.of("istio", "kubeflow")) {
      JsonNode policy = DeployFiles.document(folder + "/authorization-policy.yaml").get("spec");
      assertEquals(provider, policy.at("/provider/name"));
      assertEquals("[{}]", policy.get("rules").toString(), "about every request");
    }
  }

  @Test
  void fieldOfAnotherNameIsSeen() throws IOException {
    String text = "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {volume: []}}}}";
    JsonNode object = DeployFiles.parse(text).get(0);

    assertThrows(
        UnrecognizedPropertyException.class, () -> STRICT.treeToValue(object, Deployment.class));
  }

  @Test
  void podsReadWhatIsMountedAndAreProbedWhereTheSettingsListen() throws IOException {
    JsonNode settings = DeployFiles.document("kubernetes/gatekeeper.yaml");
    JsonNode pod = DeployFiles.document("kubernetes/deployment.yaml").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    List<String> ports = new ArrayList<>();
    container.get("ports").forEach(port -> ports.add("0.0.0.0:" + port.get("containerPort")));

    assertFalse(pod.get("enableServiceLinks").asBoolean(true));
    assertEquals(
        List.of(
            settings.get("listen").asText(),
            settings.get("check-listen").asText(),
            settings.get("health-listen").asText()),
        ports);
    assertEquals(
        Path.of(container.at("/volumeMounts/1/mountPath").asText()),
        Path.of(settings.get("client-secret-file").asText()).getParent());
  }
}
