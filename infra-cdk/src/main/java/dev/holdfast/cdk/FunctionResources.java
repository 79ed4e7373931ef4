package dev.holdfast.cdk;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.interfaces.logs.ILogGroupRef;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.LogGroupGrants;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** Log group and role of a locked function, unless its options contain them. */
final class FunctionResources {

  private FunctionResources() {}

  /** Creates the resources, and adds them to the options of the function. */
  static FunctionProps create(Construct scope, FunctionProps.Builder function) {
    FunctionProps options = function.build();
    if (options.getLogGroup() == null) {
      function.logGroup(logGroup(scope, options)).logRetention(null).logRemovalPolicy(null);
    }
    if (options.getRole() == null) {
      function.role(role(scope, options));
    }
    FunctionProps complete = function.build();
    LogGroupGrants.fromLogGroup(complete.getLogGroup()).write(complete.getRole());
    return complete;
  }

  private static ILogGroupRef logGroup(Construct scope, FunctionProps options) {
    RetentionDays retention = options.getLogRetention();
    RemovalPolicy removalPolicy = options.getLogRemovalPolicy();
    return LogGroup.Builder.create(scope, "Logs")
        .retention(retention == null ? RetentionDays.ONE_MONTH : retention)
        .removalPolicy(removalPolicy == null ? RemovalPolicy.DESTROY : removalPolicy)
        .build();
  }

  /**
   * Creates a role without the AWS managed policies of the CDK, which allow writing to every log
   * group.
   */
  private static IRole role(Construct scope, FunctionProps options) {
    Role role =
        Role.Builder.create(scope, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    if (options.getVpc() != null) {
      role.addManagedPolicy(awsManagedPolicy("AWSLambdaENIManagementAccess"));
    }
    if (options.getDurableConfig() != null) {
      role.addManagedPolicy(awsManagedPolicy("AWSLambdaBasicDurableExecutionRolePolicy"));
    }
    return role;
  }

  private static IManagedPolicy awsManagedPolicy(String name) {
    return ManagedPolicy.fromAwsManagedPolicyName("service-role/" + name);
  }
}
