package dev.holdfast.lambda;

import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** The simple logging library, with a context, which it lacks; named in the module's pom. */
public final class LoggingWithContext extends SimpleServiceProvider {
  private final MDCAdapter context = new BasicMDCAdapter();

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }
}
