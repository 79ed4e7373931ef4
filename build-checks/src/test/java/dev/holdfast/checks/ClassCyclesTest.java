package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCyclesTest {

  @TempDir private Path root;

  private SourceTree tree(String lastType) throws IOException {
    return new SourceTreeFixture(root)
        .add("shop/Order.java", "package shop; class Order { Parcel parcel; }")
        .add("shop/Parcel.java", "package shop; class Parcel { Truck truck; }")
        .add("shop/Truck.java", "package shop; class Truck { Driver driver; }")
        .add("shop/Driver.java", lastType)
        .tree();
  }

  @Test
  void violations_cycleOfFourTypes_isReportedOnce() throws IOException {
    assertThat(ClassCycles.violations(tree("package shop; class Driver { Order order; }")))
        .singleElement()
        .asString()
        .contains("got 4: Driver Order Parcel Truck");
  }

  @Test
  void violations_cycleOfThreeTypes_isAllowed() throws IOException {
    assertThat(ClassCycles.violations(tree("package shop; class Driver { Parcel parcel; }")))
        .isEmpty();
  }

  @Test
  void violations_namesInCommentsLiteralsImportsAndLoggers_doNotCount() throws IOException {
    assertThat(
            ClassCycles.violations(
                tree(
                    """
                    package shop;
                    import shop.Order;
                    /** Drives an {@link Order}. */
                    class Driver {
                      Logger log = getLogger(Order.class); // Order
                      String order = "Order /* \\" Order";
                    }
                    """)))
        .isEmpty();
  }
}
