package dev.holdfast.cdk;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** Warnings of the synthesis of a stack. */
final class SynthesisWarnings {

  private SynthesisWarnings() {}

  static List<String> of(Stack stack) {
    return Annotations.fromStack(stack).findWarning("*", Match.anyValue()).stream()
        .map(message -> String.valueOf(message.getEntry().getData()))
        .toList();
  }
}
