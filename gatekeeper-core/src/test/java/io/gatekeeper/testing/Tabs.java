package io.gatekeeper.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Tabs of a browser that do something at the same time. */
public final class Tabs {
  private Tabs() {}

  /** What one of them does. */
  public interface Tab {
    /** Goes somewhere; the first tab's number is zero. */
    Page go(int number);
  }

  /** Lets all of them go at once, and waits for the pages; of a failure the first is thrown. */
  public static List<Page> together(int tabs, Tab tab) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tabs);
    try {
      List<Future<Page>> pages = new ArrayList<>();
      IntStream.range(0, tabs).forEach(i -> pages.add(threads.submit(() -> tab.go(i))));
      List<Page> done = new ArrayList<>();
      for (Future<Page> page : pages) {
        done.add(page.get());
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }
}
