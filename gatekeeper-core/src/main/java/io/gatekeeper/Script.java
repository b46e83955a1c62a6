package io.gatekeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The one script that we serve: the same for everybody, and nothing of a request is in it. */
final class Script {
  /** Its name among the own endpoints, and among the resources. */
  static final String NAME = "login.js";

  private Script() {}

  /** Reads it. Caches may keep it for an hour, lest a new release's page meets the old one. */
  static Response response() {
    List<Response.Header> headers =
        List.of(
            new Response.Header("Cache-Control", "public, max-age=3600"),
            new Response.Header("X-Content-Type-Options", "nosniff"),
            new Response.Header("Cross-Origin-Resource-Policy", "same-origin"));
    return new Response(200, headers, new byte[0])
        .withBody("text/javascript; charset=utf-8", text());
  }

  private static String text() {
    try (InputStream script = Script.class.getResourceAsStream(NAME)) {
      if (script == null) {
        throw new IllegalStateException("the resource " + NAME + " is missing");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
