package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A process that takes Dex's command line and file, and answers discovery. */
public final class FakeDex {
  private FakeDex() {}

  /** Writes the executable. */
  public static Path executable(Path directory) throws Exception {
    return script(
        directory,
        "exec '%s' -cp '%s' %s \"$@\""
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FakeDex.class.getName()));
  }

  /** Writes an executable of a shell's lines. */
  public static Path script(Path directory, String lines) throws Exception {
    Path file = Files.writeString(directory.resolve("dex"), "#!/bin/sh\n" + lines + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** What discovery answers: the issuer, and where the file is. */
  public static void main(String[] args) throws Exception {
    File file = new File(args[1]);
    JsonNode config = new YAMLMapper().readTree(file);
    if (!args[0].equals("serve") || args.length != 2) {
      throw new IllegalArgumentException(String.join(" ", args));
    }
    URI listen = URI.create("http://" + config.at("/web/http").textValue());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(listen.getHost(), listen.getPort()), 0);
    server.createContext(
        "/dex/.well-known/openid-configuration",
        exchange -> {
          byte[] body =
              (config.path("issuer").textValue() + " " + file).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println("listening");
  }
}
