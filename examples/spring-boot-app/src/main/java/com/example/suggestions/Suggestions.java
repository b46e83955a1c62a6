package com.example.suggestions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** The box, in memory. Safe for use by many threads. */
@Service
public class Suggestions {
  private final AtomicLong last = new AtomicLong();
  private final Map<Long, Suggestion> all = new ConcurrentSkipListMap<>();

  /**
   * What is in it.
   *
   * @return the suggestions, the oldest first
   */
  public List<Suggestion> all() {
    return List.copyOf(all.values());
  }

  /**
   * Puts something in.
   *
   * @param author who suggests it
   * @param text what it says
   */
  public void add(String author, String text) {
    long id = last.incrementAndGet();
    all.put(id, new Suggestion(id, author, text));
  }

  /**
   * Takes something out.
   *
   * @param id its number
   */
  @PreAuthorize("hasRole('editors')")
  public void remove(long id) {
    all.remove(id);
  }
}
