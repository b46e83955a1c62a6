package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.ContextConfig;
import org.junit.jupiter.api.Test;

/** The filter as docs/servlet.md adds it to a web.xml. */
class WebXmlTest extends FilterTestBase {
  private void application(String more) {
    server.add(
        "",
        app -> {
          ContextConfig webXml = new ContextConfig();
          webXml.setDefaultWebXml(server.tomcat().noDefaultWebXmlPath());
          app.context.addLifecycleListener(webXml);
          app.context.setParentClassLoader(getClass().getClassLoader());
          write(app.docBase(), more);
          app.servlet("/", Action.answer(request -> "hello " + request.getRemoteUser()));
        });
  }

  private void write(Path docBase, String more) {
    try {
      String docs = Files.readString(Path.of("../docs/servlet.md"));
      String filter = docs.substring(docs.indexOf("<filter>"), docs.indexOf("\n```\n\n**From a"));
      Files.createDirectories(docBase.resolve("WEB-INF"));
      Files.writeString(
          docBase.resolve("WEB-INF/web.xml"),
          "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
              + filter
              + more
              + "</web-app>");
      Files.writeString(
          docBase.resolve("WEB-INF/gatekeeper.yaml"),
          """
          issuer: %s
          client-id: %s
          client-secret: %s
          external-url: %s
          insecure-allow-http-issuer: true
          rules:
            - {path: /public/**, access: public}
          """
              .formatted(
                  provider.issuer(), provider.clientId(), provider.clientSecret(), server.base()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatTheDocumentationAddsIsEnough() {
    application("");

    assertEquals("hello alice", text("/page"));
  }

  @Test
  void constraintOfTheContainersComesBeforeTheFilter() {
    application(
        """
        <security-constraint>
          <web-resource-collection>
            <web-resource-name>admin</web-resource-name><url-pattern>/admin/*</url-pattern>
          </web-resource-collection>
          <auth-constraint><role-name>admin</role-name></auth-constraint>
        </security-constraint>
        <security-role><role-name>admin</role-name></security-role>
        """);
    text("/page");

    Page page = browser.open(url("/admin/page"));

    assertTrue(page.status() == 401 || page.status() == 403, page::toString);
    assertEquals("hello alice", browser.open(url("/page")).body());
  }
}
