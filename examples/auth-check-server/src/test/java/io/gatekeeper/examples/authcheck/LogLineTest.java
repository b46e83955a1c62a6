package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLineTest {
  private static String logged(String message, Throwable failure) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      LoggerFactory.getLogger(LogLineTest.class).info("path {}", message, failure);
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nothingBreaksALine() {
    String line = logged("a\r\n2026 INFO forged\u0085\u2028\u001b[31mb\u0000", null);
    assertEquals(1, line.chars().filter(c -> c == '\n').count(), line);
    assertTrue(line.matches("(?s)\\S+Z INFO  LogLineTest path a \\| 2026 INFO forged.*b\\R"), line);
    assertTrue(line.chars().noneMatch(c -> c < ' ' && c != '\n'), line);
  }

  @Test
  void stackTraceStaysInItsLine() {
    String line = logged("x", new IllegalStateException("first\nforged"));
    assertEquals(1, line.chars().filter(c -> c == '\n').count(), line);
    assertTrue(line.contains("IllegalStateException: first | forged | at io.gatekeeper"), line);
  }
}
