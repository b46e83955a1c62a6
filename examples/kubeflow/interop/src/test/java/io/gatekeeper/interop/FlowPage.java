package io.gatekeeper.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what a {@link Wire} heard as a page of documentation. Not safe for use by many threads.
 */
final class FlowPage {
  private static final Set<String> LEFT_OUT =
      Set.of("connection", "content-length", "date", "user-agent", "x-request-id");
  private static final String BEGINNING =
      """
      # From the first request to the page, on the wire

      This is a run of Envoy, Gatekeeper and Dex: what each sent, in the order in which it happened. Envoy has the
      configuration of `examples/auth-check-server/deploy/envoy` with the route to Dex and the names of
      `identity-headers: kubeflow`. `FlowTest` in `examples/kubeflow/interop` makes the run and writes this page;
      it fails where the two differ.

      What differs from run to run is changed, and nothing else:

      - Secrets, codes, tokens and random ids are `‹names›`; one value has one name everywhere.
      - Envoy is at `localhost:8080`. Seconds are rounded up to tens; `‹now›` is the moment of the login.
      - Headers stand in the order of their names. Left out are `Connection`, `Content-Length`, `Date`, `User-Agent`,
        `X-Request-Id` and what begins with `X-Envoy-`.
      - A redirect's body is left out. An HTML page is cut down to its form.
      - Long lines are broken, and go on indented.
      """;

  private final StringBuilder text = new StringBuilder(BEGINNING);
  private int steps;

  /** Begins a step. */
  void step(String title, String sentences) {
    steps++;
    text.append("\n## %d. %s\n\n%s\n".formatted(steps, title, sentences));
  }

  /** Shows what was asked, and what was answered. */
  void exchange(String asking, String answering, Exchange exchange) {
    message(asking, exchange.request());
    message(answering, exchange.response());
  }

  /** Shows one message. */
  void message(String caption, Message message) {
    String headers =
        message.headers().stream()
            .filter(FlowPage::isShown)
            .sorted(Comparator.comparing(Message::name))
            .map(header -> header.strip() + "\n")
            .collect(Collectors.joining());
    String body = shown(message);
    block(caption, "http", message.start() + "\n" + headers + (body.isEmpty() ? "" : "\n" + body));
  }

  private static boolean isShown(String header) {
    String name = Message.name(header);
    return !LEFT_OUT.contains(name) && !name.startsWith("x-envoy-");
  }

  private static String shown(Message message) {
    if (!message.header("location").isEmpty()) {
      return "";
    }
    if (!message.header("content-type").startsWith("text/html")) {
      return message.body();
    }
    return message
        .body()
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("</?(form|input).*"))
        .collect(Collectors.joining("\n", "…\n", "\n…"));
  }

  /** Shows what is in a JWT, which is not verified here. */
  void token(String caption, String jwt) {
    List<String> parts = List.of(jwt.split("\\.", -1));
    block(caption, "", json(parts.get(0)) + "\n" + json(parts.get(1)));
  }

  private static String json(String part) {
    String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    ObjectMapper mapper = new ObjectMapper();
    try {
      JsonNode tree = mapper.readTree(json);
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void block(String caption, String language, String content) {
    text.append("\n%s:\n\n```%s\n%s\n```\n".formatted(caption, language, content.strip()));
  }

  /** The whole page so far. */
  String text() {
    return new Placeholders(text.toString())
        .in(text.toString())
        .lines()
        .map(line -> LongLine.broken(line).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
