package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {
  @TempDir Path directory;

  private static GatekeeperConfig.Builder builder(String yaml) {
    return GatekeeperConfig.builder().yaml(stream(yaml), "the resource");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(GatekeeperConfig.Builder builder) {
    return assertThrows(ConfigurationException.class, builder::build).problems();
  }

  @Test
  void streamSaysWhatAFileSays() {
    Path yaml = file(directory, "gatekeeper.yaml", REQUIRED + "cookie-name: a\n");

    assertEquals(
        GatekeeperConfig.builder().file(yaml).build().toString(),
        builder(REQUIRED + "cookie-name: a\n").build().toString());
  }

  @Test
  void textsOutrankWhatWasReadBefore() {
    GatekeeperConfig config =
        builder(REQUIRED + "cookie-name: a\nprefix: /b\n")
            .texts(
                Map.of(
                    "cookie-name", "c",
                    "client-secret", "{not: yaml",
                    "rules", "- {path: /x, groups: [g]}",
                    "allow", "{users: [jane]}",
                    "session.lifetime", "1h"))
            .build();

    assertEquals("c", config.cookieName());
    assertEquals("/b", config.prefix());
    assertEquals("{not: yaml", config.clientSecret().orElseThrow().reveal());
    assertEquals(Set.of("g"), config.rules().get(0).groups());
    assertEquals(Set.of("jane"), config.allow().users());
    assertEquals(1, config.sessionLifetime().toHours());
  }

  @Test
  void mistakesNameTheResourceAndTheText() {
    assertEquals(
        List.of(
            "clientid: unknown key (did you mean client-id?)",
            "rules, line 1, column 2: not YAML (a quote, a bracket, a character or an indentation"
                + " is wrong here or just before)"),
        problems(builder(REQUIRED).texts(Map.of("clientid", "a", "rules", "["))));
    assertEquals(
        List.of("the resource: no map (expected: lines of key: value)"), problems(builder("text")));
  }

  @Test
  void streamThatBreaksIsAProblemAndNoMoreIsSaid() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();

    assertEquals(
        List.of("the resource: can't be read (expected: a YAML file)"),
        problems(GatekeeperConfig.builder().yaml(broken, "the resource")));
  }
}
