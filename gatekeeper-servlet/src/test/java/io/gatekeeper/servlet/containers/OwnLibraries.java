package io.gatekeeper.servlet.containers;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The class loader of an application that brings Gatekeeper with it, as in WEB-INF/lib. */
final class OwnLibraries extends ClassLoader {
  private static final List<String> OWN =
      List.of(
          "io.gatekeeper.",
          "com.nimbusds.",
          "net.minidev.",
          "com.fasterxml.",
          "com.github.benmanes.");
  private static final List<String> OF_THE_TESTS =
      List.of("io.gatekeeper.testing.", "io.gatekeeper.servlet.containers.");

  static {
    registerAsParallelCapable();
  }

  OwnLibraries() {
    super(OwnLibraries.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return isOwn(name) ? define(name) : super.loadClass(name, resolve);
    }
  }

  private static boolean isOwn(String name) {
    return OWN.stream().anyMatch(name::startsWith)
        && OF_THE_TESTS.stream().noneMatch(name::startsWith);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = file.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
