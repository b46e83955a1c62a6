package io.gatekeeper.testing;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/** What goes wrong on the way of an answer. Safe for use by many threads. */
final class ProviderFaults {
  private final Map<Endpoint, MockResponse> answers = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Duration> delays = new EnumMap<>(Endpoint.class);
  private final Set<Endpoint> dripping = EnumSet.noneOf(Endpoint.class);
  private final Set<Endpoint> truncated = EnumSet.noneOf(Endpoint.class);
  private final Set<Endpoint> resetting = EnumSet.noneOf(Endpoint.class);

  synchronized void answer(Endpoint endpoint, int status, String contentType, String body) {
    answers.put(
        endpoint,
        new MockResponse.Builder()
            .code(status)
            .addHeader("Content-Type", contentType)
            .body(body)
            .build());
  }

  synchronized void redirect(Endpoint endpoint, String location) {
    answers.put(
        endpoint, new MockResponse.Builder().code(302).addHeader("Location", location).build());
  }

  synchronized void delay(Endpoint endpoint, Duration duration) {
    delays.put(endpoint, duration);
  }

  synchronized void drip(Endpoint endpoint) {
    dripping.add(endpoint);
  }

  synchronized void truncate(Endpoint endpoint) {
    truncated.add(endpoint);
  }

  synchronized void reset(Endpoint endpoint) {
    resetting.add(endpoint);
  }

  synchronized void behave() {
    answers.clear();
    delays.clear();
    dripping.clear();
    truncated.clear();
    resetting.clear();
  }

  synchronized MockResponse befall(Endpoint endpoint, MockResponse right) {
    MockResponse.Builder answer = answers.getOrDefault(endpoint, right).newBuilder();
    if (delays.containsKey(endpoint)) {
      answer.headersDelay(delays.get(endpoint).toMillis(), TimeUnit.MILLISECONDS);
    }
    if (dripping.contains(endpoint)) {
      answer.throttleBody(1, 1, TimeUnit.SECONDS);
    }
    if (truncated.contains(endpoint)) {
      answer.onResponseBody(new SocketEffect.CloseSocket());
    }
    if (resetting.contains(endpoint)) {
      answer.onResponseStart(new SocketEffect.CloseSocket());
    }
    return answer.build();
  }
}
