package io.gatekeeper.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a {@link TestBrowser} got: an answer and where it came from. Immutable. */
public final class Page {
  private final TestBrowser.Request request;
  private final int status;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] body;

  Page(
      TestBrowser.Request request,
      int status,
      List<Map.Entry<String, String>> headers,
      byte[] body) {
    this.request = request;
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** The address that was asked. */
  public String url() {
    return request.url().toString();
  }

  /** Its path and query. */
  public String target() {
    return request.url().target();
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The values of a header; case does not count. */
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The only value of a header, or null; more than one is an error of the test's subject. */
  public String header(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times: " + this);
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** Where it redirects to, or null. */
  public String location() {
    return header("Location");
  }

  /** The body, read as UTF-8. */
  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** All that came: the headers and the body. */
  String everything() {
    return headers + "\n" + body();
  }

  /** Whether it sends the browser on. */
  public boolean redirects() {
    return status >= 300 && status < 400 && location() != null;
  }

  /** Goes where it redirects to, one step. */
  public Page follow() {
    if (!redirects()) {
      throw new AssertionError("expected a redirect: " + this);
    }
    return request.redirected(status, location()).send();
  }

  /** Goes on as long as there are redirects, at most 20. */
  public Page followAll() {
    Page page = this;
    for (int hops = 0; page.redirects(); hops++) {
      if (hops == 20) {
        throw new AssertionError("a redirect loop: " + page);
      }
      page = page.follow();
    }
    return page;
  }

  /** Follows redirects as long as they stay at this page's own origin. */
  public Page followHere() {
    Page page = this;
    for (int hops = 0; page.redirects() && hops < 20; hops++) {
      if (!request.url().resolve(page.location()).origin().equals(request.url().origin())) {
        return page;
      }
      page = page.follow();
    }
    return page;
  }

  /** For messages of failed tests. */
  @Override
  public String toString() {
    String text = body();
    return request.method()
        + " "
        + url()
        + " -> "
        + status
        + " "
        + headers
        + "\n"
        + text.substring(0, Math.min(text.length(), 500));
  }
}
