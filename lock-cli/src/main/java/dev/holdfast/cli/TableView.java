package dev.holdfast.cli;

import dev.holdfast.lock.admin.DeletionProtection;
import dev.holdfast.lock.admin.LockTableDescription;
import java.util.List;

/** JSON output of one lock table. */
record TableView(
    String name,
    String arn,
    String status,
    String createdAt,
    boolean deletionProtection,
    boolean canLock,
    List<IssueView> issues) {

  /** Property that differs from its value in a correct lock table. */
  record IssueView(String property, String expected, String found) {}

  static TableView of(LockTableDescription table) {
    return new TableView(
        table.name(),
        table.arn(),
        table.status(),
        table.createdAt().toString(),
        table.deletionProtection() == DeletionProtection.ENABLED,
        table.supportsLocking(),
        table.issues().stream()
            .map(
                issue ->
                    new IssueView(issue.property().toString(), issue.expected(), issue.actual()))
            .toList());
  }

  static String toText(List<LockTableDescription> tables) {
    if (tables.isEmpty()) {
      return "no lock tables in this account and Region";
    }
    TextTable textTable = new TextTable("NAME", "STATUS", "CREATED", "ISSUES");
    for (LockTableDescription table : tables) {
      textTable.addRow(table.name(), table.status(), table.createdAt().toString(), issues(table));
    }
    return textTable.toString();
  }

  static String issues(LockTableDescription table) {
    List<String> all = table.issues().stream().map(Object::toString).toList();
    return all.isEmpty() ? "none" : String.join("; ", all);
  }
}
