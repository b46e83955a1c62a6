package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.gatekeeper.http.Printable;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider, known by its issuer: its metadata is asked for when first needed, by one call
 * whatever the number of those who wait, and again in the background, with growing pauses, for as
 * long as the provider does not answer. Once known, it is used through any outage. Safe for use by
 * many threads.
 *
 * <p>Specification: OpenID Connect Discovery 1.0, section 4.
 */
public final class Provider implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int LONGEST_SHOWN = 400;
  private static final Duration FRESH = Duration.ofHours(1);

  private final String issuer;
  private final @Nullable URI authorizationEndpoint;
  private final ProviderHttp http;
  private final ScheduledExecutorService executor;
  private final AtomicReference<@Nullable CompletableFuture<ProviderMetadata>> flight =
      new AtomicReference<>();
  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile @Nullable Known known;
  private volatile boolean closed;

  private record Known(ProviderMetadata metadata, long nanos) {}

  /**
   * A provider.
   *
   * @param issuer its issuer, to the letter
   * @param authorizationEndpoint the endpoint to send browsers to in place of the metadata's; null
   *     for the metadata's own
   * @param http the way to it
   * @param executor runs what goes on in the background
   */
  public Provider(
      String issuer,
      @Nullable URI authorizationEndpoint,
      ProviderHttp http,
      ScheduledExecutorService executor) {
    this.issuer = issuer;
    this.authorizationEndpoint = authorizationEndpoint;
    this.http = http;
    this.executor = executor;
  }

  /**
   * Who it is.
   *
   * @return the issuer, to the letter
   */
  public String issuer() {
    return issuer;
  }

  /**
   * The metadata if it is known. Never waits; while it is not known, or old, it is asked for in the
   * background.
   *
   * @return the metadata, if it is known
   */
  public Optional<ProviderMetadata> known() {
    Known now = known;
    if (now == null || System.nanoTime() - now.nanos > FRESH.toNanos()) {
      tryInBackground(now);
    }
    return now == null ? Optional.empty() : Optional.of(now.metadata);
  }

  /**
   * The metadata. Waits for it, bounded by the deadline of a call.
   *
   * @return the metadata
   * @throws ProviderException when the provider does not answer or its metadata can't be used
   */
  public ProviderMetadata metadata() throws ProviderException {
    Known before = known;
    Optional<ProviderMetadata> now = known();
    return now.isPresent() ? now.get() : ask(before);
  }

  /**
   * One call for all who ask while it runs; whoever comes just after it finds its answer.
   *
   * @param before what was known when the need arose
   */
  private ProviderMetadata ask(@Nullable Known before) throws ProviderException {
    CompletableFuture<ProviderMetadata> mine = new CompletableFuture<>();
    CompletableFuture<ProviderMetadata> running = flight.compareAndExchange(null, mine);
    if (running != null) {
      return SharedCall.await(running, http.timeout());
    }
    try {
      Known now = known;
      ProviderMetadata metadata = now != null && !now.equals(before) ? now.metadata : discover();
      known = new Known(metadata, System.nanoTime());
      mine.complete(metadata);
      return metadata;
    } catch (ProviderException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      mine.completeExceptionally(new IllegalStateException("the call for metadata broke"));
      flight.set(null);
    }
  }

  private ProviderMetadata discover() throws ProviderException {
    String url = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
    try {
      HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(url));
      request.setAccept("application/json");
      HTTPResponse response = request.send(http);
      if (response.getStatusCode() != HTTPResponse.SC_OK) {
        throw unavailable(url + " answered " + response.getStatusCode(), null);
      }
      return ProviderMetadata.parse(
          Optional.ofNullable(response.getBody()).orElse(""), issuer, authorizationEndpoint);
    } catch (IOException e) {
      throw unavailable(url + ": " + e.getMessage(), e);
    }
  }

  private void tryInBackground(@Nullable Known before) {
    if (trying.compareAndSet(false, true)) {
      schedule(before, FIRST_PAUSE, Duration.ZERO);
    }
  }

  private void schedule(@Nullable Known before, Duration pause, Duration delay) {
    try {
      // Not the JDK's own delays: their thread is for ever, and keeps what first asked for one.
      Future<?> unused =
          executor.schedule(() -> attempt(before, pause), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      trying.set(false);
    }
  }

  private void attempt(@Nullable Known before, Duration pause) {
    try {
      ask(before);
      trying.set(false);
      LOG.info("provider {} found", issuer);
    } catch (ProviderException e) {
      again(before, pause, e.detail());
    } catch (RuntimeException e) {
      LOG.error("a mistake of Gatekeeper's own while asking for metadata", e);
      again(before, pause, "see above");
    }
  }

  private void again(@Nullable Known before, Duration pause, String detail) {
    if (closed) {
      return;
    }
    LOG.warn(
        "provider not usable, next attempt in {} s: {}",
        pause.toSeconds(),
        Printable.line(detail, LONGEST_SHOWN));
    Duration next = pause.multipliedBy(2);
    schedule(before, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next, pause);
  }

  private static ProviderException unavailable(String detail, @Nullable Exception cause) {
    return cause == null
        ? new ProviderException(Rejection.PROVIDER_UNAVAILABLE, detail)
        : new ProviderException(Rejection.PROVIDER_UNAVAILABLE, detail, cause);
  }

  /** Ends the attempts in the background, and the way to it. */
  @Override
  public void close() {
    closed = true;
    http.close();
  }
}
