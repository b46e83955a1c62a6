package com.example.suggestions;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A suggestion box: everybody puts something in, editors take it out. */
@SpringBootApplication(proxyBeanMethods = false)
public class SuggestionBox {
  /**
   * Runs it until Ctrl-C.
   *
   * @param args properties, as Spring Boot takes them
   */
  public static void main(String[] args) {
    SpringApplication.run(SuggestionBox.class, args);
  }
}
