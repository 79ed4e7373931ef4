package dev.holdfast.checks.violations.first;

import dev.holdfast.checks.violations.second.Second;

public record First(Second second) {}
