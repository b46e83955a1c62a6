package io.gatekeeper.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A request for tests. Each method returns a new one, so that a test can send variations of one
 * request. It begins with no header at all, and with the host {@code app.example.com}.
 */
public final class TestRequest implements GatekeeperRequest {
  private final String method;
  private final String target;
  private final String host;
  private final List<Response.Header> headers;
  private final String form;

  private TestRequest(
      String method, String target, String host, List<Response.Header> headers, String form) {
    this.method = method;
    this.target = target;
    this.host = host;
    this.headers = List.copyOf(headers);
    this.form = form;
  }

  /** A request with that method and target. */
  public static TestRequest of(String method, String target) {
    return new TestRequest(method, target, "app.example.com", List.of(), null);
  }

  /** A GET of that target. */
  public static TestRequest get(String target) {
    return of("GET", target);
  }

  /** A POST to that target, without a body. */
  public static TestRequest post(String target) {
    return of("POST", target);
  }

  /** With that method. */
  public TestRequest method(String method) {
    return new TestRequest(method, target, host, headers, form);
  }

  /** With that target. */
  public TestRequest target(String target) {
    return new TestRequest(method, target, host, headers, form);
  }

  /** With that host; null for none. */
  public TestRequest host(String host) {
    return new TestRequest(method, target, host, headers, form);
  }

  /** With one header line more. */
  public TestRequest header(String name, String value) {
    List<Response.Header> more = new ArrayList<>(headers);
    more.add(new Response.Header(name, value));
    return new TestRequest(method, target, host, more, form);
  }

  /** Without any line of that header. */
  public TestRequest without(String name) {
    List<Response.Header> fewer = new ArrayList<>(headers);
    fewer.removeIf(header -> header.name().equalsIgnoreCase(name));
    return new TestRequest(method, target, host, fewer, form);
  }

  /** With one line of that header, in place of any that is there. */
  public TestRequest replace(String name, String value) {
    return without(name).header(name, value);
  }

  /** With one cookie more, at the end of the one Cookie line, as browsers send them. */
  public TestRequest cookie(String name, String value) {
    String before = header("Cookie");
    String pair = name + "=" + value;
    return replace("Cookie", before == null ? pair : before + "; " + pair);
  }

  /** With that text as its form body, still encoded. */
  public TestRequest form(String form) {
    return new TestRequest(method, target, host, headers, form)
        .replace("Content-Type", "application/x-www-form-urlencoded");
  }

  /** With what a browser sends when it goes to a page. */
  public TestRequest navigation() {
    return replace("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .replace("Sec-Fetch-Mode", "navigate")
        .replace("Sec-Fetch-Dest", "document")
        .replace("Sec-Fetch-Site", "none")
        .replace("Sec-Fetch-User", "?1")
        .replace("Upgrade-Insecure-Requests", "1");
  }

  /** With what a browser sends for a page's own {@code fetch}. */
  public TestRequest program() {
    return replace("Accept", "application/json")
        .replace("Sec-Fetch-Mode", "cors")
        .replace("Sec-Fetch-Dest", "empty")
        .replace("Sec-Fetch-Site", "same-origin");
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Response.Header::value)
        .toList();
  }

  @Override
  public Collection<String> headerNames() {
    return headers.stream().map(Response.Header::name).toList();
  }

  @Override
  public Optional<String> form() {
    return Optional.ofNullable(form);
  }

  /** Method, target and headers, for a failed test's message. */
  @Override
  public String toString() {
    return method + " " + target + " " + headers;
  }
}
