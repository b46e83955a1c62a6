package io.gatekeeper.servlet;

import io.gatekeeper.http.Response;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers of ours. Not by {@code sendError}: an error page would take their place. */
final class ResponseWriter {
  private ResponseWriter() {}

  /**
   * Writes an answer in place of what was written before, if anything.
   *
   * @param method the request's method: there is no body for {@code HEAD}
   * @throws IllegalStateException when the response is committed
   */
  static void write(Response answer, String method, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      throw new IllegalStateException(
          "The response is committed, so Gatekeeper can't answer with its own "
              + answer.status()
              + ": nothing may be written before");
    }
    response.resetBuffer();
    response.setStatus(answer.status());
    writeHeaders(answer.headers(), response);
    if (method.equals("HEAD")) {
      response.setContentLength(answer.body().length);
    } else {
      writeBody(answer, response);
    }
  }

  /**
   * Ours replace those that were there; of ours all are sent, and cookies take no other's place.
   */
  private static void writeHeaders(List<Response.Header> headers, HttpServletResponse response) {
    for (int i = 0; i < headers.size(); i++) {
      Response.Header header = headers.get(i);
      String name = header.name();
      boolean more =
          name.equalsIgnoreCase("Set-Cookie")
              || headers.subList(0, i).stream().anyMatch(h -> h.name().equalsIgnoreCase(name));
      if (more) {
        response.addHeader(name, header.value());
      } else {
        response.setHeader(name, header.value());
      }
    }
  }

  private static void writeBody(Response answer, HttpServletResponse response) throws IOException {
    ServletOutputStream stream = stream(response);
    if (stream == null) {
      response.getWriter().write(answer.text());
      return;
    }
    response.setContentLength(answer.body().length);
    stream.write(answer.body());
  }

  /** Null when the application took the writer before it asked for a sign-in. */
  private static @Nullable ServletOutputStream stream(HttpServletResponse response)
      throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
