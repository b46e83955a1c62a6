package io.gatekeeper.interop;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The first form of a page, as a person fills it in. Not safe for use by many threads. */
final class Form {
  private final String action;
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Form(String action) {
    this.action = action;
  }

  /** The page's only or first form, with the values that it begins with. */
  static Form in(Page page) {
    Element form = Jsoup.parse(page.body(), page.url()).selectFirst("form");
    if (form == null) {
      throw new AssertionError("expected a form: " + page);
    }
    String action = form.absUrl("action");
    Form filled = new Form(action.isEmpty() ? page.url() : action);
    for (Element input : form.select("input[name]:not([type=checkbox])")) {
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

  /** What is in a field. */
  String value(String field) {
    return fields.get(field);
  }

  /** Sends it. */
  Page submit(TestBrowser browser) {
    return browser.post(action, fields);
  }
}
