package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the provider. Each call has a deadline that covers the body too and a limit of
 * bytes, follows no redirect and asks for no compression. Blocking; safe for use by many threads.
 */
public final class ProviderHttp implements HTTPRequestSender, AutoCloseable {
  /** The most bytes of a response: 1 MiB. */
  static final int RESPONSE_LIMIT = 1024 * 1024;

  private static final long IDLE_SECONDS = 10;

  private final ExecutorService threads = threads();
  private final Duration timeout;
  private volatile @Nullable HttpClient client;

  /**
   * A way to the provider.
   *
   * @param timeout the deadline of a call, from connecting to the last byte of the body
   * @param tls the TLS settings; null for the platform's own
   */
  public ProviderHttp(Duration timeout, @Nullable SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
    this.timeout = timeout;
  }

  /** Its own, since those that the client makes for itself outlive it. */
  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "gatekeeper-http");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The deadline of a call. */
  Duration timeout() {
    return timeout;
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpResponse<byte[]> response = send(translated(request));
    HTTPResponse answer = new HTTPResponse(response.statusCode());
    response
        .headers()
        .map()
        .forEach((name, values) -> answer.setHeader(name, values.toArray(new String[0])));
    answer.setBody(new String(response.body(), StandardCharsets.UTF_8));
    return answer;
  }

  private HttpRequest translated(ReadOnlyHTTPRequest request) throws IOException {
    String body = request.getBody();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.getURI())
            .timeout(timeout)
            .method(
                request.getMethod().name(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    try {
      request
          .getHeaderMap()
          .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    } catch (IllegalArgumentException e) {
      // Without its cause, whose message holds the value: a token, for one.
      throw new IOException("a header that can't be sent");
    }
    return builder.build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    HttpClient open = client;
    if (open == null) {
      throw new IOException("closed");
    }
    CompletableFuture<HttpResponse<byte[]>> call =
        open.sendAsync(request, info -> new LimitedBody(RESPONSE_LIMIT));
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no complete answer within " + timeout, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof LimitedBody.TooLarge
          || cause.getCause() instanceof LimitedBody.TooLarge) {
        throw new LimitedBody.TooLarge("more than " + RESPONSE_LIMIT + " bytes");
      }
      throw new IOException(describe(cause), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      call.cancel(true);
    }
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }

  /**
   * Ends its threads. Before Java 21 a client's own thread ends only once the client is collected,
   * so it is let go of here, whoever still holds this.
   */
  @Override
  public void close() {
    HttpClient open = client;
    client = null;
    if (open != null) {
      shutDown(open);
    }
    threads.shutdownNow();
  }

  private static void shutDown(HttpClient client) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (ReflectiveOperationException e) {
      // Java 17 to 20: there is no such method.
    }
  }
}
