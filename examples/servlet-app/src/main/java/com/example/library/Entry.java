package com.example.library;

import org.jspecify.annotations.Nullable;

/** A book and who has it; nobody, where it is on the shelf. */
public record Entry(Book book, @Nullable String reader) {
  public Book getBook() {
    return book;
  }

  public @Nullable String getReader() {
    return reader;
  }
}
