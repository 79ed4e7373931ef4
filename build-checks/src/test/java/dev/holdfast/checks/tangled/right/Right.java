package dev.holdfast.checks.tangled.right;

import dev.holdfast.checks.tangled.left.Left;

public interface Right {
  Left left();
}
