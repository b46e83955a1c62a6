package io.gatekeeper.examples.kubeflow.dex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class DexProcessTest {
  @TempDir private Path directory;

  private static DexConfig config(String listen) {
    return new DexConfig(
        "http://localhost:1/dex",
        listen,
        new DexConfig.Client("kubeflow", "hush", "http://localhost:1/gatekeeper/callback"),
        Optional.of(new StaticUser("admin", "sesame")),
        List.of());
  }

  private static String discovery(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/dex/.well-known/openid-configuration")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static String failure(Path executable, Duration patience) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> DexProcess.start(executable, DexProcessTest::config, patience))
        .getMessage();
  }

  @Test
  void itAnswersOnceItHasStartedAndIsGoneOnceItIsClosed() throws Exception {
    URI address;
    Path file;
    try (DexProcess dex =
        DexProcess.start(
            FakeDex.executable(directory), DexProcessTest::config, DexProcess.PATIENCE)) {
      address = dex.address();
      String[] answer = discovery(address).split(" ");
      assertEquals("http://localhost:1/dex", answer[0]);
      file = Path.of(answer[1]);
      assertEquals("config.yaml", file.getFileName().toString());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals("listening", Files.readString(dex.log()).strip());
    }
    assertThrows(ConnectException.class, () -> discovery(address));
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void whatCannotBeRunIsSaid() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "no program");
    for (Path path : List.of(plain, directory, directory.resolve("nowhere"))) {
      assertEquals(
          "dex: " + path + " can't be run (expected: the path of Dex's executable)",
          failure(path, DexProcess.PATIENCE));
    }
  }

  @Test
  void whatIsNoProgramIsSaid() throws Exception {
    Path broken = FakeDex.script(directory, "");
    Files.writeString(broken, "#!" + directory.resolve("nowhere") + "\n");

    String message = failure(broken, DexProcess.PATIENCE);

    assertTrue(message.startsWith("dex: " + broken + " can't be run ("), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void whatEndsAtOnceIsSaidWithItsLastLine() throws Exception {
    Path dex = FakeDex.script(directory, "echo first\nprintf 'no \\033such key\\n\\n' >&2\nexit 3");

    assertEquals(
        "dex: " + dex + " ended at once, with status 3: no ?such key",
        failure(dex, DexProcess.PATIENCE));
  }

  @Test
  void whatDoesNotAnswerIsSaidAndEnded() throws Exception {
    Path dex =
        FakeDex.script(directory, "echo $$ > '" + directory.resolve("pid") + "'\nexec sleep 600");

    assertEquals(
        "dex: " + dex + " doesn't answer after 1 s: it said nothing",
        failure(dex, Duration.ofSeconds(1)));
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    assertTrue(
        ProcessHandle.of(pid)
            .map(ProcessHandle::onExit)
            .map(end -> end.completeOnTimeout(null, 10, TimeUnit.SECONDS).join() != null)
            .orElse(true));
  }

  @Test
  void aConfigurationThatCannotBeMadeStartsNothing() throws Exception {
    Path dex = FakeDex.script(directory, "touch '" + directory.resolve("ran") + "'");

    assertThrows(
        IllegalArgumentException.class,
        () ->
            DexProcess.start(
                dex,
                listen ->
                    new DexConfig(
                        "i", listen, config(listen).client(), Optional.empty(), List.of()),
                DexProcess.PATIENCE));

    assertFalse(Files.exists(directory.resolve("ran")));
  }
}
