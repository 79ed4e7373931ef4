package dev.holdfast.checks.violations;

final class LeaseManager {
  static int held;
  final ThreadLocal<String> holder = new ThreadLocal<>();
}
