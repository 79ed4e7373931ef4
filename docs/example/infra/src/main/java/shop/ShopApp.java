package shop;

import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.LockedFunction;
import dev.holdfast.cdk.LockedFunctionProps;
import dev.holdfast.cdk.SourceQueue;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;

/** One stack: the lock table, the function, its queue and its dead-letter queue. */
public final class ShopApp {
  private ShopApp() {}

  public static void main(String[] args) {
    App app = new App();
    Stack stack = new Stack(app, "Shop");
    LockTable locks = new LockTable(stack, "Locks");
    Code code = Code.fromAsset("function/target/package");
    LockedFunction shipOrder =
        new LockedFunction(
            stack,
            "ShipOrder",
            LockedFunctionProps.builder(locks, "shop.ShipOrder", code).build());
    SourceQueue orders = shipOrder.addSqsEventSource("Orders");
    CfnOutput.Builder.create(stack, "QueueUrl").value(orders.queue().getQueueUrl()).build();
    app.synth();
  }
}
