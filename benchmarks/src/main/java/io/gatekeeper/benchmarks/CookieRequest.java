package io.gatekeeper.benchmarks;

import io.gatekeeper.http.GatekeeperRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A browser's request for a page, with its cookies. */
record CookieRequest(String cookie) implements GatekeeperRequest {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String target() {
    return "/reports/7?year=2026";
  }

  @Override
  public String host() {
    return "app.example.com";
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("Cookie") ? List.of(cookie) : List.of();
  }

  @Override
  public Collection<String> headerNames() {
    return List.of("Host", "Cookie");
  }

  @Override
  public Optional<String> form() {
    return Optional.empty();
  }
}
