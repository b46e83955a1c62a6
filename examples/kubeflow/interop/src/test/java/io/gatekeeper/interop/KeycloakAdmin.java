package io.gatekeeper.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Keycloak's admin API, as its administrator. */
final class KeycloakAdmin {
  static final String USER = "admin";
  static final String PASSWORD = "interop-admin";

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int NOTHING_TO_SAY = 204;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;

  /** For the Keycloak there. */
  KeycloakAdmin(String url) {
    this.url = url;
  }

  /** Has something created or done. */
  void send(String method, String path, Object what) {
    try {
      String body = JSON.writeValueAsString(what);
      send(request(path).method(method, BodyPublishers.ofString(body)), CREATED, NOTHING_TO_SAY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for something. */
  JsonNode get(String path) {
    try {
      return JSON.readTree(send(request(path), OK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "application/json");
  }

  private String token() throws IOException {
    String form = "grant_type=password&client_id=admin-cli&username=%s&password=%s";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/realms/master/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.formatted(USER, PASSWORD)));
    return JSON.readTree(send(request, OK)).required("access_token").textValue();
  }

  private static String send(HttpRequest.Builder request, Integer... expected) throws IOException {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      if (!List.of(expected).contains(response.statusCode())) {
        throw new AssertionError(
            response.uri() + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
