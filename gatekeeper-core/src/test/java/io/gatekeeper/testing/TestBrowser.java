package io.gatekeeper.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A small browser: a cookie jar that obeys the rules, the headers that browsers send, and request
 * targets that go as they are, byte for byte. It follows redirects when told so. Safe for use by
 * many threads: each is a tab.
 */
public final class TestBrowser {
  private final CookieJar jar = new CookieJar(Clock.systemUTC());
  private final List<Page> pages = new CopyOnWriteArrayList<>();

  /** A browser without cookies. */
  public TestBrowser() {}

  /** Goes to an address that a person typed, or found in a bookmark. */
  public Page open(String url) {
    return request("GET", url).navigating().send();
  }

  /** Goes there and wherever it leads, at most 20 steps. */
  public Page openAndFollow(String url) {
    return open(url).followAll();
  }

  /** Follows a link on a page of another origin. */
  public Page openFrom(String origin, String url) {
    return request("GET", url).from(origin).navigating().send();
  }

  /** Asks as a script of the same origin does. */
  public Page fetch(String url) {
    return request("GET", url).scripted().send();
  }

  /** Sends a form on a page of the same origin. */
  public Page post(String url, Map<String, String> form) {
    return post(url, form, BrowserUrl.parse(url).origin());
  }

  /** Sends a form on a page of this origin. */
  public Page post(String url, Map<String, String> form, String origin) {
    return request("POST", url)
        .from(origin)
        .navigating()
        .header("Origin", origin)
        .form(form)
        .send();
  }

  /** Begins a request without any header but Host and the jar's cookies. */
  public Request request(String method, String url) {
    return new Request(method, BrowserUrl.parse(url));
  }

  /** Every answer so far, of all tabs. */
  public List<Page> pages() {
    return List.copyOf(pages);
  }

  /** All cookies, the oldest first. */
  public List<BrowserCookie> cookies() {
    return jar.all();
  }

  /** The names of all cookies that begin so. */
  public List<String> cookieNames(String prefix) {
    return jar.all().stream()
        .map(BrowserCookie::name)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** The value of the only cookie of this name, or null. */
  public String cookie(String name) {
    List<BrowserCookie> named =
        jar.all().stream().filter(cookie -> cookie.name().equals(name)).toList();
    if (named.size() > 1) {
      throw new AssertionError(named.size() + " cookies are called " + name);
    }
    return named.isEmpty() ? null : named.get(0).value();
  }

  /** Stores a cookie as if that address had set it; {@code setCookie} as in {@code Set-Cookie}. */
  public TestBrowser plant(String url, String setCookie) {
    jar.store(BrowserUrl.parse(url), setCookie);
    return this;
  }

  /** Lets go of the cookies of a name. */
  public TestBrowser forget(String name) {
    jar.remove(name);
    return this;
  }

  /** Lets go of all cookies. */
  public TestBrowser forgetAll() {
    jar.clear();
    return this;
  }

  /** The cookies that a browser must not keep, and why, as {@code name: reason}. */
  public List<String> refusedCookies() {
    return jar.refused();
  }

  /** Another browser with the same cookies: somebody copied them. */
  public TestBrowser copy() {
    TestBrowser other = new TestBrowser();
    for (BrowserCookie cookie : jar.all()) {
      other.plant(
          "http://" + cookie.domain() + "/",
          cookie.name() + "=" + cookie.value() + "; Path=" + cookie.path());
    }
    return other;
  }

  /** A request in the making; not safe for use by many threads. */
  public final class Request {
    private final String method;
    private final BrowserUrl url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> extra = new ArrayList<>();
    private String target;
    private String cookies;
    private String origin;
    private byte[] body = new byte[0];

    private Request(String method, BrowserUrl url) {
      this.method = method;
      this.url = url;
      this.target = url.target();
    }

    String method() {
      return method;
    }

    BrowserUrl url() {
      return url;
    }

    /** It comes from a page of this origin. */
    public Request from(String initiator) {
      origin = initiator;
      return this;
    }

    /** It goes to a page: the headers that browsers send then. */
    public Request navigating() {
      header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
      header("Accept-Language", "en");
      header("Upgrade-Insecure-Requests", "1");
      header("Sec-Fetch-Site", origin == null ? "none" : site());
      header("Sec-Fetch-Mode", "navigate");
      header("Sec-Fetch-User", "?1");
      return header("Sec-Fetch-Dest", "document");
    }

    /** A script of a page asks: the headers that browsers send then. */
    public Request scripted() {
      origin = origin == null ? url.origin() : origin;
      header("Accept", "*/*");
      header("Sec-Fetch-Site", site());
      header("Sec-Fetch-Mode", "cors");
      return header("Sec-Fetch-Dest", "empty");
    }

    /** Sets a header, also one that was set before. */
    public Request header(String name, String value) {
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, value);
      return this;
    }

    /** Takes a header away. */
    public Request without(String name) {
      headers.keySet().removeIf(name::equalsIgnoreCase);
      return this;
    }

    /** Adds a header line as it stands, beside any of that name. */
    public Request line(String line) {
      extra.add(line);
      return this;
    }

    /** Sends this request target instead of the address's own. */
    public Request target(String raw) {
      target = raw;
      return this;
    }

    /** Sends this {@code Cookie} instead of the jar's. */
    public Request cookies(String value) {
      cookies = value;
      return this;
    }

    /** Sends a form. */
    public Request form(Map<String, String> fields) {
      header("Content-Type", "application/x-www-form-urlencoded");
      return body(
          fields.entrySet().stream()
              .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&")));
    }

    /** Sends a body, in UTF-8. */
    public Request body(String text) {
      body = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /** Sends it, waits for the answer and keeps its cookies. */
    public Page send() {
      Page page = RawHttp.exchange(this);
      // All of an answer's before the next answer's, as in a browser.
      synchronized (jar) {
        page.headers("Set-Cookie").forEach(cookie -> jar.store(url, cookie));
      }
      pages.add(page);
      return page;
    }

    /** The whole message, as it goes over the wire. */
    byte[] bytes() {
      byte[] head = head();
      byte[] message = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, message, head.length, body.length);
      return message;
    }

    private byte[] head() {
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      Map<String, String> all = new LinkedHashMap<>();
      all.put("Host", url.authority());
      all.putAll(headers);
      String cookie = cookies == null ? jarCookies() : cookies;
      if (!cookie.isEmpty()) {
        all.put("Cookie", cookie);
      }
      if (body.length > 0 || method.equals("POST")) {
        all.put("Content-Length", String.valueOf(body.length));
      }
      all.putIfAbsent("Connection", "close");
      all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      extra.forEach(line -> head.append(line).append("\r\n"));
      return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String jarCookies() {
      boolean topLevelGet =
          "navigate".equals(headers.get("Sec-Fetch-Mode"))
              && (method.equals("GET") || method.equals("HEAD"));
      return jar.header(url, origin != null && site().equals("cross-site"), topLevelGet);
    }

    private String site() {
      if (origin.equals(url.origin())) {
        return "same-origin";
      }
      return !origin.equals("null") && BrowserUrl.parse(origin).host().equals(url.host())
          ? "same-site"
          : "cross-site";
    }

    /** 303 always, and 301 and 302 after a POST, go on with GET (Fetch, section 4.4). */
    Request redirected(int status, String location) {
      boolean repeats = status == 307 || status == 308;
      String next = repeats || method.equals("HEAD") ? method : "GET";
      Request request = new Request(next, url.resolve(location));
      request.headers.putAll(headers);
      request.headers.remove("Host");
      request.origin = origin;
      if (repeats) {
        request.body = body;
      } else {
        request.headers.remove("Content-Type");
        request.headers.remove("Origin");
      }
      return request;
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
