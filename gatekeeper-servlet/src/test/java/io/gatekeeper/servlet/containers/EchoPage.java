package io.gatekeeper.servlet.containers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Answers every request with its request line and its headers, one a line. */
final class EchoPage implements ServletPage {
  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    StringBuilder text = new StringBuilder(request.getMethod() + " " + request.getRequestURI());
    if (request.getQueryString() != null) {
      text.append('?').append(request.getQueryString());
    }
    text.append(' ').append(request.getProtocol()).append('\n');
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        text.append(name).append(": ").append(value).append('\n');
      }
    }
    byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    response.setContentType("text/plain;charset=iso-8859-1");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
