package dev.holdfast.verification.contract;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations of the lock on every kind of row that it must not change. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.holdfast.verification.contract.ContractTable#simulatedOnly")
class EveryUnrecognizedRowTest extends UnrecognizedRowScenarios {
  EveryUnrecognizedRowTest(ContractTable table) {
    super(table);
  }

  static Stream<UnrecognizedRow> rows() {
    return UnrecognizedRow.all();
  }
}
