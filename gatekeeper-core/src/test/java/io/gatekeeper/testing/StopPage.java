package io.gatekeeper.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page on which a login stops so that a script can read the fragment.
 *
 * @param provider where its link leads
 * @param target the page first asked for, as the script is told
 * @param refresh where it goes by itself without scripts
 * @param script the script's address
 */
record StopPage(String provider, String target, String refresh, String script) {
  static StopPage of(Page page) {
    return new StopPage(
        find(page, "<a href=\"([^\"]*)\" id=\"login\""),
        find(page, "data-return=\"([^\"]*)\""),
        find(page, "<noscript><meta http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"></noscript>"),
        find(page, "<script src=\"([^\"]*)\"></script>"));
  }

  private static String find(Page page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + page);
    }
    return matcher
        .group(1)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** Goes to the provider; its answer is not followed yet. */
  Page goOn(TestBrowser browser) {
    return browser.open(provider);
  }
}
