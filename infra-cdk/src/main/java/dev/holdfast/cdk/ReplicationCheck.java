package dev.holdfast.cdk;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.IAspect;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.constructs.IConstruct;

/**
 * Warns where an imported lock table is a global table of this app whose replicas agree only in the
 * end: each Region then grants the same lock.
 */
final class ReplicationCheck implements IAspect {

  private final LockTableBase table;

  ReplicationCheck(LockTableBase table) {
    this.table = table;
  }

  @Override
  public void visit(IConstruct node) {
    Set<String> names = References.in(table, table.place().name());
    node.getNode().getRoot().getNode().findAll().stream()
        .filter(CfnGlobalTable.class::isInstance)
        .map(CfnGlobalTable.class::cast)
        .filter(global -> names.contains(References.to(global)))
        .filter(ReplicationCheck::agreesOnlyInTheEnd)
        .forEach(this::warn);
  }

  private static boolean agreesOnlyInTheEnd(CfnGlobalTable global) {
    Object replicas = Stack.of(global).resolve(global.getReplicas());
    boolean several = replicas instanceof List<?> regions && regions.size() > 1;
    return several && !"STRONG".equals(global.getMultiRegionConsistency());
  }

  private void warn(CfnGlobalTable global) {
    Annotations.of(table)
        .addWarningV2(
            "holdfast:replicas",
            String.format(
                Locale.ROOT,
                "lock table %s is %s, whose replicas agree only in the end: each Region hands out the"
                    + " same lock; use it from one Region only, or make it strongly consistent",
                table.getNode().getPath(),
                SettingsCheck.path(global)));
  }
}
