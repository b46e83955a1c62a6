package io.gatekeeper.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Counts what becomes of a suite's cases and has the row written when its last one is done. */
final class ContractResults
    implements BeforeAllCallback, AfterAllCallback, AfterEachCallback, TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(ContractResults.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isOutermost(context)) {
      Class<?> test = context.getRequiredTestClass();
      store(context).put(ContractTally.class, ContractTally.of(test));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getRequiredTestInstance() instanceof IsolationContract isolation) {
      tally(context).note(isolation.summary());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (isOutermost(context)) {
      ContractTable.add(tally(context));
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    tally(context).passed();
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    tally(context).failed();
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    tally(context).leftOut();
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    tally(context).leftOut();
  }

  /** Whether this is the class that runs the suite, and not one of the suite's own parts. */
  private static boolean isOutermost(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    return AnnotationSupport.isAnnotated(test, Contract.class);
  }

  private static ContractTally tally(ExtensionContext context) {
    return store(context).get(ContractTally.class, ContractTally.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
