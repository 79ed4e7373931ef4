package dev.holdfast.cdk;

import software.constructs.IConstruct;

/** Paths and names of constructs in messages and labels, without default children. */
final class ConstructPath {

  /** Id of a child that the CDK leaves out of logical ids. */
  static final String DEFAULT_CHILD = "Default";

  private ConstructPath() {}

  /** Returns the path of the construct that a resource belongs to. */
  static String of(IConstruct construct) {
    return construct
        .getNode()
        .getPath()
        .replaceFirst("/Resource$", "")
        .replaceFirst("/" + DEFAULT_CHILD + "$", "");
  }

  /** Returns the last part of the path. */
  static String name(IConstruct construct) {
    String path = of(construct);
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
