package dev.holdfast.cdk;

import java.util.List;
import java.util.Set;
import software.amazon.awscdk.IAspect;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.constructs.IConstruct;

/**
 * Warns if an imported lock table is an eventually consistent global table of this app. Each Region
 * of such a table grants the same lock independently.
 */
final class GlobalTableConsistencyCheck implements IAspect {

  private final LockTableBase table;

  GlobalTableConsistencyCheck(LockTableBase table) {
    this.table = table;
  }

  @Override
  public void visit(IConstruct node) {
    Set<String> names = ResourceReferences.find(table, table.identity().name());
    node.getNode().getRoot().getNode().findAll().stream()
        .filter(CfnGlobalTable.class::isInstance)
        .map(CfnGlobalTable.class::cast)
        .filter(globalTable -> names.contains(ResourceReferences.referenceTo(globalTable)))
        .filter(GlobalTableConsistencyCheck::isEventuallyConsistent)
        .forEach(this::warn);
  }

  private static boolean isEventuallyConsistent(CfnGlobalTable globalTable) {
    Object replicas = Stack.of(globalTable).resolve(globalTable.getReplicas());
    boolean multiRegion = replicas instanceof List<?> regions && regions.size() > 1;
    return multiRegion && !"STRONG".equals(globalTable.getMultiRegionConsistency());
  }

  private void warn(CfnGlobalTable globalTable) {
    Finding.of(
            "replicas",
            "lock table %s must be strongly consistent across Regions, got eventually consistent"
                + " global table %s: each Region grants the same lock; use the table from one"
                + " Region only, or set multi-Region strong consistency",
            table.getNode().getPath(),
            ConstructPath.of(globalTable))
        .warn(table);
  }
}
