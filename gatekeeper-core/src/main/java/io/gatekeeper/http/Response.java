package io.gatekeeper.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer of ours to a client. Immutable; the adapter writes it as it stands and adds only what
 * its host needs, such as {@code Content-Length}.
 *
 * @param status the status code (RFC 9110, section 15)
 * @param headers the header fields in their order; a name may come more than once
 * @param body the body, empty when there is none. Not copied: neither side changes it
 */
@SuppressWarnings("ArrayRecordComponent") // A response is written, never compared.
public record Response(int status, List<Header> headers, byte[] body) {
  /**
   * How long an address may be that browsers are sent to, in characters, where there is a choice:
   * servers read request lines of 4,096 bytes at least.
   */
  public static final int LONGEST_LOCATION = 4_000;

  /**
   * A header field.
   *
   * @param name its name
   * @param value its value: visible ASCII and spaces
   */
  public record Header(String name, String value) {
    /** Its name: the value may be a cookie or a state. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Copies the headers. */
  public Response {
    headers = List.copyOf(headers);
  }

  /**
   * An answer without a body.
   *
   * @param status the status code
   * @return the answer, which no cache may keep
   */
  public static Response of(int status) {
    return new Response(status, List.of(new Header("Cache-Control", "no-store")), new byte[0]);
  }

  /**
   * A redirect that no cache keeps and that tells the next site nothing of this address.
   *
   * @param status 302 to begin something, 303 to end it; never 307, which would repeat a form
   * @param location an absolute URL
   * @return the answer
   */
  public static Response redirect(int status, String location) {
    return of(status).with("Location", location).with("Referrer-Policy", "no-referrer");
  }

  /**
   * This answer with one header more.
   *
   * @param name its name; a field of that name that is there already stays
   * @param value its value
   * @return a new answer
   */
  public Response with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body);
  }

  /**
   * This answer with cookies set.
   *
   * @param cookies the cookies, a {@code Set-Cookie} each (RFC 6265, section 3)
   * @return a new answer
   */
  public Response with(List<SetCookie> cookies) {
    Response answer = this;
    for (SetCookie cookie : cookies) {
      answer = answer.with("Set-Cookie", cookie.header());
    }
    return answer;
  }

  /**
   * This answer with a body.
   *
   * @param contentType the body's media type
   * @param text the body, sent in UTF-8
   * @return a new answer
   */
  public Response withBody(String contentType, String text) {
    Response typed = with("Content-Type", contentType);
    return new Response(status, typed.headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The first value of a header.
   *
   * @param name the name; case does not count
   * @return its value, if it is there
   */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Status and the names of its headers. */
  @Override
  public String toString() {
    return "Response[" + status + " " + headers + "]";
  }

  /**
   * The body as text.
   *
   * @return the body, read as UTF-8
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
