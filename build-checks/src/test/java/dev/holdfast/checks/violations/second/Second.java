package dev.holdfast.checks.violations.second;

import dev.holdfast.checks.violations.first.First;

public interface Second {
  First first();
}
