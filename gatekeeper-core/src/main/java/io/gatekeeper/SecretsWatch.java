package io.gatekeeper;

import io.gatekeeper.session.SessionKeys;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the files of the session secrets; the ring follows what they hold. It compares
 * contents and not times, so it sees a replaced link as well as a file that was written over. A
 * file that is away for a moment, or no good, changes nothing, and what is being written isn't
 * taken for the whole: a new content counts when two looks in a row have found it. Run by one
 * thread at a time.
 */
final class SecretsWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SecretsWatch.class);

  private final SessionSecretFiles files;
  private final SessionKeys keys;
  private List<Secret> current;
  private List<Secret> seen;
  private List<String> told = List.of();

  SecretsWatch(SessionSecretFiles files, List<Secret> current, SessionKeys keys) {
    this.files = files;
    this.current = current;
    this.seen = current;
    this.keys = keys;
  }

  /** Never throws, for it would be the last look. */
  @Override
  public void run() {
    try {
      look();
    } catch (RuntimeException e) {
      tell(List.of("session-secret-files: " + e.getClass().getName()));
    }
  }

  private void look() {
    Problems problems = new Problems();
    List<Secret> found = files.read(new NodeReader(problems));
    if (!problems.isEmpty()) {
      seen = List.of();
      tell(problems.lines());
      return;
    }
    told = List.of();
    boolean settled = found.equals(seen);
    seen = found;
    if (settled && !found.equals(current)) {
      replace(found);
    }
  }

  private void replace(List<Secret> found) {
    boolean apart = Collections.disjoint(current, found);
    keys.replace(found.stream().map(Secret::reveal).toList());
    current = found;
    LOG.info("session-secret-files: changed; the secrets' ids, newest first: {}", keys);
    if (apart) {
      LOG.warn("session-secret-files: none of the former secrets is left, so all sessions end");
    }
  }

  /** Once, however often it is found; not at the end, where a look is broken off. */
  private void tell(List<String> problems) {
    if (!problems.equals(told) && !Thread.currentThread().isInterrupted()) {
      told = problems;
      problems.forEach(line -> LOG.warn("{}; the former secrets go on", line));
    }
  }
}
