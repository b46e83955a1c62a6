package com.example.suggestions;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What stands at the top of every page, also of the error page. */
@ControllerAdvice
class PageHeader {
  @ModelAttribute("user")
  String user(@Nullable Principal principal) {
    return principal == null ? "" : principal.getName();
  }
}
