package io.gatekeeper.netty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs mistakes of ours. The first of a kind is told whole, so that it can be mended; those after
 * it are counted by one short line at debug, so that nobody fills a disk by repeating a request.
 */
final class Mishaps {
  private static final Logger log = LoggerFactory.getLogger(Mishaps.class);
  private static final int MOST_KINDS = 100;
  private static final Set<String> known = ConcurrentHashMap.newKeySet();

  private Mishaps() {}

  static void report(String what, @Nullable Throwable failure) {
    String kind = failure == null ? what : what + ": " + failure.getClass().getName();
    if (known.size() < MOST_KINDS && known.add(kind)) {
      log.error("{}. This is a mistake of ours; it is logged once", kind, failure);
    } else {
      log.debug("{}", kind);
    }
  }
}
