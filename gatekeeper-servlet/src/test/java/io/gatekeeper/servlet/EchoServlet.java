package io.gatekeeper.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Answers with the request line and all header lines as the application sees them. */
final class EchoServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain; charset=iso-8859-1");
    response.getOutputStream().write(text(request).getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(HttpServletRequest request) {
    String query = request.getQueryString();
    StringBuilder text = new StringBuilder(request.getMethod() + " " + request.getRequestURI());
    text.append(query == null ? "" : "?" + query).append(" HTTP/1.1\n");
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        text.append(name).append(": ").append(value).append('\n');
      }
    }
    return text.toString();
  }
}
