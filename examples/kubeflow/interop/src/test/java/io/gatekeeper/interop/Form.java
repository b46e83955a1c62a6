package io.gatekeeper.interop;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The first form of a page, as a person fills it in. Not safe for use by many threads. */
final class Form {
  private final String action;
  private final List<Element> buttons;
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Form(String action, List<Element> buttons) {
    this.action = action;
    this.buttons = buttons;
  }

  /** The page's only or first form, with the values that it begins with. */
  static Form in(Page page) {
    Element form = Jsoup.parse(page.body(), page.url()).selectFirst("form");
    if (form == null) {
      throw new AssertionError("expected a form: " + page);
    }
    String action = form.absUrl("action");
    Form filled =
        new Form(
            action.isEmpty() ? page.url() : action,
            // Also those outside, which name their form.
            form.ownerDocument().select("button[name], input[type=submit][name]"));
    for (Element input : form.select("input[name]:not([type=checkbox]):not([type=submit])")) {
      filled.fields.put(input.attr("name"), input.attr("value"));
    }
    return filled;
  }

  /** Fills in a field. */
  Form with(String field, String value) {
    if (!fields.containsKey(field)) {
      throw new AssertionError("expected a field " + field + ", found " + fields.keySet());
    }
    fields.put(field, value);
    return this;
  }

  /** Presses the button of that name, one of several. */
  Form press(String button) {
    Element pressed =
        buttons.stream()
            .filter(candidate -> candidate.attr("name").equals(button))
            .findFirst()
            .orElseThrow(() -> new AssertionError("expected a button " + button + ": " + buttons));
    fields.put(button, pressed.attr("value"));
    return this;
  }

  /** What is in a field. */
  String value(String field) {
    return fields.get(field);
  }

  /** Sends it. */
  Page submit(TestBrowser browser) {
    return browser.post(action, fields);
  }
}
