package io.gatekeeper.examples.kubeflow;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What the application shows to a person: who they are, and how it knows. */
final class ApplicationPage {
  private static final String USER = "kubeflow-userid";
  private static final String GROUPS = "kubeflow-groups";

  private final Template template = Template.of("page.html");

  /**
   * The page.
   *
   * @param request the request, as it came through the gateway
   * @return HTML
   */
  String html(Request request) {
    HttpFields headers = request.getHeaders();
    String user = value(headers, USER);
    return template
        .with("user", user.isEmpty() ? "nobody" : user)
        .with("initial", user.isEmpty() ? "?" : user.substring(0, 1))
        .with("groups", value(headers, GROUPS))
        .with("target", Targets.raw(request.getHttpURI()))
        .with("cookies", cookies(headers))
        .withHtml("headers", rows(headers))
        .html();
  }

  private static String value(HttpFields headers, String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** Their names: a value could be somebody's session. */
  private static String cookies(HttpFields headers) {
    String names =
        headers.getFields(HttpHeader.COOKIE.asString()).stream()
            .flatMap(field -> Arrays.stream(field.getValue().split(";", -1)))
            .map(cookie -> cookie.trim().split("=", 2)[0])
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static String rows(HttpFields headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .map(ApplicationPage::row)
        .collect(Collectors.joining("\n"));
  }

  private static String row(HttpField field) {
    boolean secret =
        field.getHeader() == HttpHeader.COOKIE || field.getHeader() == HttpHeader.AUTHORIZATION;
    String value = secret ? "(not shown)" : String.valueOf(field.getValue());
    return "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
        .formatted(Template.escape(field.getLowerCaseName()), Template.escape(value));
  }
}
