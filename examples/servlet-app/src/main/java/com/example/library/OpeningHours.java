package com.example.library;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Opens the library when the application starts. */
public final class OpeningHours implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    event.getServletContext().setAttribute(Library.class.getName(), new Library());
  }
}
