package dev.holdfast.cdk;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.IResolvable;
import software.amazon.awscdk.Reference;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tokenization;
import software.constructs.IConstruct;

/**
 * The resources that a property refers to, by name or by ARN, bare or inside functions of
 * CloudFormation; across stacks where it is a text. Each resource is known by its stack's path and
 * its logical id.
 */
final class ResourceReferences {

  private final Stack stack;
  private final Set<String> found = new HashSet<>();

  private ResourceReferences(Stack stack) {
    this.stack = stack;
  }

  /** What a property of that resource refers to. */
  static Set<String> find(IConstruct resource, @Nullable Object property) {
    ResourceReferences references = new ResourceReferences(Stack.of(resource));
    if (property != null) {
      references.visit(references.stack.resolve(property));
    }
    if (property instanceof String text) {
      Tokenization.reverseString(text).getTokens().forEach(references::visitToken);
    }
    return references.found;
  }

  /** How a resource of this app is known. */
  static String referenceTo(IConstruct resource) {
    Stack stack = Stack.of(resource);
    return reference(stack, stack.getLogicalId((CfnElement) resource));
  }

  /** What a resource's nested property says, as CloudFormation's functions, lists and values. */
  static Map<?, ?> resolve(IConstruct resource, @Nullable Object property) {
    Object value = property == null ? null : Stack.of(resource).resolve(property);
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Resolved, a reference to another stack is an import that no longer says to what. */
  private void visitToken(IResolvable token) {
    if (token instanceof Reference reference && reference.getTarget() instanceof CfnElement) {
      found.add(referenceTo(reference.getTarget()));
    }
  }

  private void visit(@Nullable Object value) {
    if (value instanceof List<?> values) {
      values.forEach(this::visit);
    } else if (value instanceof Map<?, ?> entries) {
      entries.forEach(this::visitEntry);
    }
  }

  private void visitEntry(Object key, @Nullable Object value) {
    if (key.equals("Ref")) {
      found.add(reference(stack, String.valueOf(value)));
    } else if (key.equals("Fn::GetAtt") && value instanceof List<?> path) {
      found.add(reference(stack, String.valueOf(path.get(0))));
    } else {
      visit(value);
    }
  }

  private static String reference(Stack stack, String logicalId) {
    return String.format(Locale.ROOT, "%s/%s", stack.getNode().getPath(), logicalId);
  }
}
