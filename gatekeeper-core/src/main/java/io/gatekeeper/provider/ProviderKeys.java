package io.gatekeeper.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.gatekeeper.http.Printable;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's keys: fetched anew in the background once they are five minutes old, while the old
 * ones serve, so a known {@code kid} never waits; fetched once more for an unknown {@code kid}, but
 * not at any rate; kept through an outage for as long as it lasts. A key that can't be used is
 * skipped and spoils nothing.
 *
 * <p>Specification: RFC 7517, section 5.
 */
final class ProviderKeys implements JWKSetSource<SecurityContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofHours(24);

  /** Beyond the deadline of a call, so that whoever waits for one sees its outcome. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration RATE = Duration.ofSeconds(10);

  private final URI uri;
  private final ProviderHttp http;

  private ProviderKeys(URI uri, ProviderHttp http) {
    this.uri = uri;
    this.http = http;
  }

  /** The keys at an address, as Nimbus looks them up. */
  static JWKSource<SecurityContext> at(URI uri, ProviderHttp http, ExecutorService executor) {
    return JWKSourceBuilder.create(new ProviderKeys(uri, http))
        .cache(KEPT.toMillis(), http.timeout().plus(PATIENCE).toMillis())
        .refreshAheadCache(KEPT.minus(FRESH).toMillis(), null, executor, false, null, false)
        .rateLimited(RATE.toMillis())
        .outageTolerantForever()
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, uri);
      request.setAccept("application/json, application/jwk-set+json");
      HTTPResponse response = request.send(http);
      if (response.getStatusCode() != HTTPResponse.SC_OK) {
        throw new JWKSetRetrievalException(uri + " answered " + response.getStatusCode(), null);
      }
      return parse(response.getBody());
    } catch (IOException e) {
      throw new JWKSetRetrievalException(uri + ": " + e.getMessage(), e);
    }
  }

  private JWKSet parse(@Nullable String body) throws JWKSetParseException {
    JsonNode keys;
    try {
      keys = JSON.readTree(body == null ? "" : body).path("keys");
    } catch (JsonProcessingException e) {
      throw new JWKSetParseException(uri + ": not JSON", e);
    }
    if (!keys.isArray()) {
      throw new JWKSetParseException(uri + ": no array of keys", null);
    }
    List<JWK> usable = new ArrayList<>();
    for (JsonNode key : keys) {
      try {
        usable.add(JWK.parse(key.toString()));
      } catch (ParseException | RuntimeException e) {
        LOG.debug(
            "{}: skipped a key of type {} that can't be used",
            uri,
            Printable.line(key.path("kty").asText(), 20));
      }
    }
    return new JWKSet(usable);
  }

  @Override
  public void close() {}
}
