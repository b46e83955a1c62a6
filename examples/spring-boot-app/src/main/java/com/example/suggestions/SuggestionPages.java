package com.example.suggestions;

import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages. */
@Controller
class SuggestionPages {
  private final Suggestions suggestions;

  SuggestionPages(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  @GetMapping("/")
  String box(@RequestParam(defaultValue = "") String sort, Model model) {
    model.addAttribute("sort", sort);
    model.addAttribute("suggestions", suggestions.all());
    return "box";
  }

  @GetMapping("/review")
  String review(Model model) {
    model.addAttribute("suggestions", suggestions.all());
    return "review";
  }

  @PostMapping("/suggestions")
  String add(@RequestParam String text, Principal principal) {
    suggestions.add(principal.getName(), text);
    return "redirect:/";
  }

  @PostMapping("/suggestions/{id}/remove")
  String remove(@PathVariable long id) {
    suggestions.remove(id);
    return "redirect:/review";
  }
}
