package com.example.library;

import java.util.Locale;

/** A book on the shelf. */
public record Book(int id, String title, String author, int year) {
  boolean mentions(String words) {
    return (title + " " + author).toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  // The pages' expressions ask for properties.

  public int getId() {
    return id;
  }

  public String getTitle() {
    return title;
  }

  public String getAuthor() {
    return author;
  }

  public int getYear() {
    return year;
  }
}
