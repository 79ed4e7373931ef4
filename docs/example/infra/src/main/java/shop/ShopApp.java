package shop;

import dev.holdfast.cdk.LockTable;
import dev.holdfast.cdk.LockedFunction;
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
    LockedFunction shipOrder =
        LockedFunction.Builder.create(stack, "ShipOrder")
            .lockTable(locks)
            .handler("shop.ShipOrder")
            .code(Code.fromAsset("function/target/package"))
            .keyPrefix("orders/")
            .build();
    SourceQueue orders = shipOrder.addSqsEventSource("Orders");
    CfnOutput.Builder.create(stack, "QueueUrl").value(orders.getQueue().getQueueUrl()).build();
    app.synth();
  }
}
