package io.gatekeeper.testing;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One adapter's cases of one suite. Safe for use by many threads. */
final class ContractTally {
  static final String HEADER =
      """
      | adapter | suite | passed | failed | left out | seconds | |
      |---|---|--:|--:|--:|--:|---|
      """;
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  private final String adapter;
  private final String suite;
  private final long start = System.nanoTime();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private volatile String note = "";

  private ContractTally(String adapter, String suite) {
    this.adapter = adapter;
    this.suite = suite;
  }

  static ContractTally of(Class<?> test) {
    Adapter adapter = test.getAnnotation(Adapter.class);
    String name =
        adapter == null
            ? test.getSimpleName()
            : PROPERTY
                .matcher(adapter.value())
                .replaceAll(
                    property ->
                        Matcher.quoteReplacement(
                            System.getProperty(property.group(1), property.group(1))));
    String with = System.getProperty("gatekeeper.contract.with", "");
    return new ContractTally(
        with.isEmpty() ? name : name + ", with " + with,
        test.getAnnotation(Contract.class).value());
  }

  void passed() {
    passed.incrementAndGet();
  }

  void failed() {
    failed.incrementAndGet();
  }

  void leftOut() {
    leftOut.incrementAndGet();
  }

  void note(String text) {
    note = text;
  }

  /** The same for each run of this adapter and suite, and fit for a file's name. */
  String key() {
    return (adapter + " " + suite).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }

  /** The line of the table. */
  String row() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %d | %.1f | %s |%n",
        adapter,
        suite,
        passed.get(),
        failed.get() == 0 ? "0" : "**" + failed + "**",
        leftOut.get(),
        seconds,
        note);
  }
}
