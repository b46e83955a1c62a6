package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lines of web.xml, with its settings, guard an application. */
class ReadmeFilterTest {
  @TempDir private Path directory;

  @Test
  void filterOfTheReadmeSendsStrangersToSignIn() throws Exception {
    Path inner = Files.createDirectories(directory.resolve("app/WEB-INF"));
    Files.writeString(
        inner.resolve("web.xml"),
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
            + block("filter")
            + "</web-app>");
    Files.writeString(inner.resolve("gatekeeper.yaml"), settings());
    TomcatServer server = TomcatServer.start();
    try {
      Context application = application();
      server.tomcat().getHost().addChild(application);
      assertTrue(application.getState().isAvailable(), "it started");

      HttpRequest page =
          HttpRequest.newBuilder(URI.create(server.base() + "/"))
              .version(HttpClient.Version.HTTP_1_1)
              .header("Accept", "text/html")
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString());

      assertEquals(302, answer.statusCode(), answer::body);
      String location = answer.headers().firstValue("Location").orElse("");
      assertTrue(location.startsWith("https://kubeflow.example.com/"), location);
    } finally {
      server.close();
    }
  }

  @SuppressWarnings("deprecation") // The other way to map a servlet is Tomcat 12's.
  private Context application() {
    StandardContext context = new StandardContext();
    context.setPath("");
    context.setName("");
    context.setDocBase(directory.resolve("app").toString());
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(new Tomcat().noDefaultWebXmlPath());
    context.addLifecycleListener(config);
    context.setParentClassLoader(getClass().getClassLoader());
    Tomcat.addServlet(context, "echo", new EchoServlet());
    context.addServletMappingDecoded("/", "echo");
    return context;
  }

  private String settings() throws IOException {
    Path secret =
        Files.writeString(directory.resolve("secret"), "s".repeat(16) + "0123456789abcdef");
    return block("settings")
        .replaceAll("/run/secrets/[a-z]+", Matcher.quoteReplacement(secret.toString()));
  }

  private static String block(String comment) throws IOException {
    Matcher block =
        Pattern.compile("<!-- " + comment + " -->\n```[a-z]+\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "README.md")));
    assertTrue(block.find(), "a block after " + comment);
    return block.group(1);
  }
}
