package com.example.library;

import io.gatekeeper.examples.testing.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The application as a war has it: all that it needs below WEB-INF, and the container outside. */
final class WarLayout {
  private static final Path WEBAPP = Path.of("src/main/webapp");
  private static final Path USERS = Path.of("tomcat-users.xml");
  private static final Path MAIN = Path.of("com/example/library/Main.class");

  private WarLayout() {}

  /** Makes it; what is returned is the container's class path, to be run in that directory. */
  static ClassPath create(Path directory) throws IOException {
    Path webInf = directory.resolve(WEBAPP).resolve("WEB-INF");
    copy(WEBAPP, directory.resolve(WEBAPP));
    copy(USERS, directory.resolve(USERS));
    Path outside = directory.resolve("outside");
    List<String> container = new ArrayList<>(List.of(outside.toString()));
    for (String entry : ClassPath.ofExample().entries()) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (name.startsWith("tomcat-") || name.startsWith("ecj-")) {
        container.add(entry);
      } else if (Files.isRegularFile(path)) {
        copy(path, webInf.resolve("lib").resolve(name));
      } else {
        copy(path, webInf.resolve("classes"));
      }
    }
    Path main = webInf.resolve("classes").resolve(MAIN);
    Files.createDirectories(outside.resolve(MAIN).getParent());
    Files.move(main, outside.resolve(MAIN));
    return new ClassPath(container);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
