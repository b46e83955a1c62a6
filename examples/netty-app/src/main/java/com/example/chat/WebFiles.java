package com.example.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the page, kept in memory. Immutable. */
final class WebFiles {
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final Map<String, WebFile> files;

  private WebFiles(Map<String, WebFile> files) {
    this.files = Map.copyOf(files);
  }

  record WebFile(String type, String text) {}

  static WebFiles load(Path directory) throws IOException {
    Map<String, WebFile> files = new HashMap<>();
    try (Stream<Path> list = Files.list(directory)) {
      for (Path path : list.toList()) {
        String name = String.valueOf(path.getFileName());
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
        files.put("/" + name, new WebFile(type + ";charset=utf-8", Files.readString(path)));
      }
    }
    return new WebFiles(files);
  }

  @Nullable WebFile get(String path) {
    return files.get(path.equals("/") ? "/index.html" : path);
  }
}
