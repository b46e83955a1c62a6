package com.example.library;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The books and their loans, in memory. Safe for use by many threads. */
final class Library {
  private static final List<Book> BOOKS =
      List.of(
          new Book(1, "A Discipline of Programming", "Edsger W. Dijkstra", 1976),
          new Book(2, "The Mythical Man-Month", "Frederick P. Brooks", 1975),
          new Book(3, "The Psychology of Computer Programming", "Gerald M. Weinberg", 1971),
          new Book(
              4, "Structure and Interpretation of Computer Programs", "Abelson, Sussman", 1985),
          new Book(5, "The Art of Computer Programming", "Donald E. Knuth", 1968),
          new Book(6, "Smalltalk-80: The Language", "Adele Goldberg, David Robson", 1983));

  private final Map<Integer, String> readers = new ConcurrentHashMap<>();

  static Library of(ServletContext context) {
    return (Library) context.getAttribute(Library.class.getName());
  }

  List<Entry> search(String words) {
    return entries(BOOKS.stream().filter(book -> book.mentions(words)).toList());
  }

  List<Entry> loans() {
    return entries(BOOKS.stream().filter(book -> readers.containsKey(book.id())).toList());
  }

  private List<Entry> entries(List<Book> books) {
    return books.stream().map(book -> new Entry(book, readers.get(book.id()))).toList();
  }

  boolean lend(int book, String reader) {
    boolean known = BOOKS.stream().anyMatch(each -> each.id() == book);
    return known && readers.putIfAbsent(book, reader) == null;
  }

  boolean takeBack(int book, String reader) {
    return readers.remove(book, reader);
  }
}
