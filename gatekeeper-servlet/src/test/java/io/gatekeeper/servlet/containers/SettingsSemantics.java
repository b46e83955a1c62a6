package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a filter that a container makes finds its settings. */
abstract class SettingsSemantics extends SemanticsBase {
  private static final List<String> EVERYTHING = List.of("/*");

  @TempDir Path documents;

  private Map<String, String> texts() throws Exception {
    return SettingTexts.of(settings("/app"));
  }

  private void writeYaml() throws Exception {
    Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(documents.resolve("WEB-INF/gatekeeper.yaml"), SettingTexts.yaml(texts()));
  }

  private Application application(Map<String, String> parameters, List<String> patterns) {
    return Application.at("/app")
        .filter(new GatekeeperFilter(), parameters, patterns, DispatcherType.REQUEST)
        .documents(documents, "index.html")
        .page("/who", ServletPage.text(HttpServletRequest::getRemoteUser));
  }

  @Test
  void initParametersAreEnough() throws Exception {
    deploy(application(texts(), EVERYTHING));

    assertEquals("alice", signIn(browser, "/app/who").body());
  }

  @Test
  void fileOfTheApplicationIsEnough() throws Exception {
    writeYaml();
    deploy(application(Map.of(), EVERYTHING));

    assertEquals("alice", signIn(browser, "/app/who").body());
  }

  @Test
  void initParameterOutranksTheFile() throws Exception {
    writeYaml();
    deploy(application(Map.of("cookie-name", "named-here"), EVERYTHING));

    signIn(browser, "/app/who");

    assertTrue(browser.cookie("named-here") != null, browser.cookies()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/who", "/who/*", "*.jsp", "/"})
  void filterThatDoesntGuardEverythingDoesntStart(String pattern) throws Exception {
    assertDoesntStart(application(texts(), List.of(pattern)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"isuer", "session-secrets", "external-url"})
  void filterWithAMistakeDoesntStart(String key) throws Exception {
    Map<String, String> texts = texts();
    texts.put(key, key.equals("external-url") ? url("/other") : "x");

    assertDoesntStart(application(texts, EVERYTHING));
  }

  @Test
  void filterWithoutSettingsDoesntStart() throws Exception {
    assertDoesntStart(application(Map.of(), EVERYTHING));
  }

  private void assertDoesntStart(Application application) throws Exception {
    assertThrows(Exception.class, () -> container().deploy(application));
    Page page = browser.open(url("/app/who"));
    assertTrue(page.status() >= 400, page::toString);
  }
}
