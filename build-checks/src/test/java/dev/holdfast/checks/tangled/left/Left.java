package dev.holdfast.checks.tangled.left;

import dev.holdfast.checks.tangled.right.Right;

public record Left(Right right) {}
