package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.OTHER_SECRET;
import static io.gatekeeper.ConfigurationSamples.SECRET;
import static io.gatekeeper.ConfigurationSamples.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatekeeper.session.SessionKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SecretsWatchTest {
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SecretsWatch.class);

  @TempDir Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final SessionKeys keys = SessionKeys.of(List.of(SECRET));
  private Path file;
  private SecretsWatch watch;

  @BeforeEach
  void start() {
    file = file(directory, "session", SECRET + "\n");
    watch = watch(file);
    log.start();
    LOGGER.setLevel(Level.INFO);
    LOGGER.setAdditive(false);
    LOGGER.addAppender(log);
  }

  @AfterEach
  void stop() {
    LOGGER.detachAppender(log);
    LOGGER.setLevel(null);
    LOGGER.setAdditive(true);
  }

  @Test
  void anUnchangedFileChangesNothing() {
    looks(3);
    assertRing(SECRET);
    assertEquals(List.of(), messages());
  }

  @Test
  void aNewSecretIsTakenOverOnceTwoLooksHaveFoundIt() {
    write(OTHER_SECRET + "\n" + SECRET + "\n");
    watch.run();
    assertRing(SECRET);
    watch.run();
    assertRing(OTHER_SECRET, SECRET);
  }

  @Test
  void whatIsStillBeingWrittenIsNotTakenForTheWhole() {
    write(OTHER_SECRET + "\n" + SECRET.substring(1));
    watch.run();
    write(OTHER_SECRET + "x\n" + SECRET);
    watch.run();
    write(OTHER_SECRET + "xy\n" + SECRET);
    watch.run();
    assertRing(SECRET);
    watch.run();
    assertRing(OTHER_SECRET + "xy", SECRET);
  }

  @Test
  void aFileThatIsAwayForAMomentIsSaidOnceAndChangesNothing() throws IOException {
    Files.delete(file);
    looks(3);
    assertRing(SECRET);
    assertEquals(
        List.of(
            "session-secret-files[0]: "
                + file
                + " (expected: a file that can be read); the former secrets go on"),
        messages());

    write(OTHER_SECRET + "\n" + SECRET);
    looks(2);
    assertRing(OTHER_SECRET, SECRET);

    Files.delete(file);
    looks(2);
    assertEquals(3, messages().size(), "a second outage is news: " + messages());
  }

  @Test
  void whatIsNoSecretIsSaidWithoutShowingItAndChangesNothing() {
    for (String bad :
        List.of("too-short", "", "change-me-" + OTHER_SECRET, SECRET + "\n" + SECRET)) {
      write(bad + "\n");
      looks(2);
      assertRing(SECRET);
    }
    assertEquals(4, messages().size(), messages().toString());
    String all = String.join("\n", messages());
    assertTrue(all.contains("openssl rand"), all);
    assertFalse(all.contains(SECRET) || all.contains(OTHER_SECRET) || all.contains("too-"), all);
  }

  @Test
  void aLinkThatIsSwappedAsKubernetesDoesIsFollowed() throws IOException {
    Path first = Files.createDirectory(directory.resolve("..1"));
    Path second = Files.createDirectory(directory.resolve("..2"));
    file(first, "secret", SECRET);
    file(second, "secret", OTHER_SECRET + "\n" + SECRET);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
    Path linked =
        Files.createSymbolicLink(directory.resolve("secret"), Path.of("..data", "secret"));
    watch = watch(linked);
    looks(2);
    assertRing(SECRET);

    Path next = Files.createSymbolicLink(directory.resolve("..tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    looks(2);
    assertRing(OTHER_SECRET, SECRET);
  }

  @Test
  void theFilesOfAListAreReadInItsOrder() {
    Path old = file(directory, "old", OTHER_SECRET);
    watch = watch(file, old);
    looks(2);
    assertRing(SECRET, OTHER_SECRET);
  }

  @Test
  void whenNoFormerSecretIsLeftThatIsSaid() {
    write(OTHER_SECRET);
    looks(2);
    assertRing(OTHER_SECRET);
    assertTrue(messages().get(1).contains("all sessions end"), messages().toString());
  }

  private SecretsWatch watch(Path... paths) {
    List<String> names = List.of(paths).stream().map(Path::toString).toList();
    return new SecretsWatch(new SessionSecretFiles(names), List.of(Secret.of(SECRET)), keys);
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      watch.run();
    }
  }

  private void write(String text) {
    file(directory, "session", text);
  }

  /** Rings of the same secrets show the same ids. */
  private void assertRing(String... secrets) {
    assertEquals(SessionKeys.of(List.of(secrets)).toString(), keys.toString());
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
