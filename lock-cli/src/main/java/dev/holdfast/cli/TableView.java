package dev.holdfast.cli;

import dev.holdfast.lock.dynamodb.admin.LockTableDescription;
import dev.holdfast.lock.dynamodb.admin.Protection;
import java.util.List;

/** A lock table as programs read it. */
record TableView(
    String name,
    String arn,
    String status,
    String createdAt,
    boolean deletionProtection,
    boolean canLock,
    List<DifferenceView> differences) {

  /** In what it is not as a lock table should be. */
  record DifferenceView(String aspect, String expected, String found) {}

  static TableView of(LockTableDescription table) {
    return new TableView(
        table.name(),
        table.arn(),
        table.status(),
        table.createdAt().toString(),
        table.protection() == Protection.ON,
        table.canLock(),
        table.differences().stream()
            .map(d -> new DifferenceView(d.aspect().toString(), d.expected(), d.found()))
            .toList());
  }

  static String text(List<LockTableDescription> tables) {
    if (tables.isEmpty()) {
      return "no lock tables in this account and Region";
    }
    Sheet sheet = new Sheet("NAME", "STATUS", "CREATED", "DIFFERS IN");
    for (LockTableDescription table : tables) {
      sheet.row(table.name(), table.status(), table.createdAt().toString(), differences(table));
    }
    return sheet.toString();
  }

  static String differences(LockTableDescription table) {
    List<String> all = table.differences().stream().map(Object::toString).toList();
    return all.isEmpty() ? "nothing" : String.join("; ", all);
  }
}
