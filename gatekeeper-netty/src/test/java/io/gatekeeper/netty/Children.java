package io.gatekeeper.netty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that end with this one, whatever ends it. */
public final class Children {
  private static final Set<Process> running = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> running.forEach(Process::destroyForcibly)));
  }

  private Children() {}

  public static void add(Process process) {
    running.add(process);
  }

  public static void remove(Process process) {
    running.remove(process);
  }
}
