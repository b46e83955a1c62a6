package io.gatekeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.testing.Guarded;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The smallest adapter there can be: an application over plain sockets that asks {@link
 * Gatekeeper#handle} and does what it says. One request a connection.
 */
final class EmbeddedApplication implements Guarded {
  private final ServerSocket server;
  private final TestClock clock = new TestClock();
  private final Gatekeeper gatekeeper;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  EmbeddedApplication(Guarded.Settings settings) throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    GatekeeperConfig.Builder config = GatekeeperConfig.builder();
    settings.apply(base()).forEach(config::set);
    gatekeeper = Gatekeeper.builder(config.build()).clock(clock).build();
    threads.execute(this::accept);
  }

  @Override
  public String base() {
    return "http://localhost:" + server.getLocalPort();
  }

  @Override
  public boolean advance(Duration duration) {
    clock.advance(duration);
    return true;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      TestRequest request = read(new BufferedInputStream(socket.getInputStream()));
      Decision decision = gatekeeper.handle(request).toCompletableFuture().get();
      Response response =
          decision instanceof Decision.Proceed proceed
              ? echo(request, proceed)
              : ((Decision.Respond) decision).response();
      write(socket.getOutputStream(), response, request.method().equals("HEAD"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestRequest read(InputStream in) throws IOException {
    String[] line = line(in).split(" ", 3);
    TestRequest request = TestRequest.of(line[0], line[1]);
    int length = 0;
    String type = "";
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String name = header.substring(0, header.indexOf(':'));
      String value = header.substring(header.indexOf(':') + 1).strip();
      request = name.equalsIgnoreCase("Host") ? request.host(value) : request.header(name, value);
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Integer.parseInt(value);
      } else if (name.equalsIgnoreCase("Content-Type")) {
        type = value;
      }
    }
    String body = new String(in.readNBytes(length), ISO_8859_1);
    return type.startsWith("application/x-www-form-urlencoded") ? request.form(body) : request;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** What an application behind an adapter sees: our headers in place of the client's. */
  private static Response echo(TestRequest request, Decision.Proceed proceed) {
    List<String> lines = new ArrayList<>();
    lines.add(request.method() + " " + request.target() + " HTTP/1.1");
    for (String name : request.headerNames()) {
      if (!name.equalsIgnoreCase("Cookie") && !isIdentity(name, proceed.identityHeaders())) {
        request.headers(name).forEach(value -> lines.add(name + ": " + value));
      }
    }
    proceed.identityHeaders().forEach((name, value) -> lines.add(name + ": " + value));
    lines.add("Cookie: " + proceed.cookie());
    return Response.of(200).withBody("text/plain", String.join("\n", lines));
  }

  private static boolean isIdentity(String name, Map<String, String> headers) {
    return headers.keySet().stream().anyMatch(each -> plain(each).equals(plain(name)));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  private static void write(OutputStream out, Response response, boolean head) throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + response.status() + " -\r\n");
    response
        .headers()
        .forEach(header -> text.append(header.name() + ": " + header.value() + "\r\n"));
    text.append("Content-Length: " + response.body().length + "\r\nConnection: close\r\n\r\n");
    out.write(text.toString().getBytes(ISO_8859_1));
    out.write(head ? new byte[0] : response.body());
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    gatekeeper.close();
  }
}
