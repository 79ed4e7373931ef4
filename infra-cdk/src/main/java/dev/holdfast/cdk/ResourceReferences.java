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
 * Resources that a property refers to, by name or ARN, directly or inside CloudFormation functions.
 * A string property may refer to a resource of another stack. The path of the stack and the logical
 * id identify a resource.
 */
final class ResourceReferences {

  private final Stack stack;
  private final Set<String> found = new HashSet<>();

  private ResourceReferences(Stack stack) {
    this.stack = stack;
  }

  /** Returns the references in a property of a resource. */
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

  /** Returns the reference to a resource of this app. */
  static String referenceTo(IConstruct resource) {
    Stack stack = Stack.of(resource);
    return reference(stack, stack.getLogicalId((CfnElement) resource));
  }

  /** Returns a nested property of a resource as CloudFormation functions, lists and values. */
  static Map<?, ?> resolve(IConstruct resource, @Nullable Object property) {
    Object value = property == null ? null : Stack.of(resource).resolve(property);
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /**
   * Adds the target of an unresolved token. A resolved reference to another stack is an import
   * value, which does not contain its target.
   */
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
