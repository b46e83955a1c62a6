package io.gatekeeper.interop;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Takes down what passed where, and has it written when the last test is done. */
final class PassedWhere implements BeforeAllCallback, TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(PassedWhere.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    results(context);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, true);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    add(context, false);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    add(context, false);
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    add(context, false);
  }

  private static void add(ExtensionContext context, boolean passed) {
    String heading = context.getRequiredTestClass().getAnnotation(Shows.class).value();
    String row = words(context.getRequiredTestMethod().getName());
    results(context).add(heading, row, gateway(context), passed);
  }

  /** The whole run's, which the end of the run closes. */
  private static InteropTable results(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(InteropTable.class, key -> new InteropTable(), InteropTable.class);
  }

  /** That of the class's invocation; the others have Envoy. */
  private static GatewayKind gateway(ExtensionContext context) {
    return Stream.iterate(
            Optional.of(context), Optional::isPresent, c -> c.flatMap(ExtensionContext::getParent))
        .flatMap(each -> GatewayKind.called(each.orElseThrow().getDisplayName()).stream())
        .findFirst()
        .orElse(GatewayKind.ENVOY);
  }

  /** {@code twoTabsMayFinish} as {@code Two tabs may finish}. */
  private static String words(String name) {
    String spaced =
        name.replaceAll(
            "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])", " ");
    return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1).toLowerCase(Locale.ROOT);
  }
}
