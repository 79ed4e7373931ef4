package dev.holdfast.checks.tangled;

final class LeaseManager {
  static int held;
  final ThreadLocal<String> holder = new ThreadLocal<>();
}
