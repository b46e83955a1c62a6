package com.example.suggestions;

/**
 * A suggestion.
 *
 * @param id its number
 * @param author who made it
 * @param text what it says
 */
public record Suggestion(long id, String author, String text) {}
