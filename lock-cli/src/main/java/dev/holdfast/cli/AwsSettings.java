package dev.holdfast.cli;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Region and credentials of the environment. They are resolved before the first request, so that
 * each failure has its own message.
 *
 * @param profile the profile of the command line; null for the default chain of the SDK
 */
record AwsSettings(@Nullable String profile) {
  /** Properties of profiles whose credentials need further modules of the SDK. */
  private static final Set<String> UNSUPPORTED_SOURCES =
      Set.of("role_arn", "sso_session", "sso_start_url", "login_session");

  Region region() {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    if (profile != null) {
      chain.profileName(profile);
    }
    try {
      return chain.build().getRegion();
    } catch (SdkException | IllegalArgumentException e) {
      throw new ClientSetupException(
          problemWithProfile()
              .orElse(
                  "no AWS Region is set: pass --region, or set AWS_REGION or a profile's region"),
          e);
    }
  }

  AwsCredentialsProvider credentials() {
    try {
      AwsCredentialsProvider provider =
          profile == null
              ? DefaultCredentialsProvider.builder().build()
              : ProfileCredentialsProvider.create(profile);
      provider.resolveCredentials();
      return provider;
    } catch (SdkException | IllegalArgumentException e) {
      throw new ClientSetupException(
          problemWithProfile()
              .or(this::problemWithCredentialsOfProfile)
              .orElse(
                  "no AWS credentials are found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                      + " pass --profile; DynamoDB Local accepts any values"),
          e);
    }
  }

  private Optional<String> problemWithProfile() {
    ProfileFile file;
    try {
      file = ProfileFile.defaultProfileFile();
    } catch (IllegalArgumentException | SdkException e) {
      return Optional.of("the AWS configuration files cannot be read: " + e.getMessage());
    }
    return selectedProfile()
        .filter(name -> file.profile(name).isEmpty())
        .map(
            name ->
                "profile '"
                    + name
                    + "' does not exist in the AWS configuration files: check --profile and"
                    + " AWS_PROFILE, or add it to the files");
  }

  private Optional<String> problemWithCredentialsOfProfile() {
    return selectedProfile()
        .map(
            name ->
                hasUnsupportedSource(name)
                    ? "profile '"
                        + name
                        + "' takes its credentials from a role or a login, which this command does"
                        + " not support: run 'aws configure export-credentials --profile "
                        + name
                        + " --format env' and set the variables that it prints, without --profile"
                    : "profile '"
                        + name
                        + "' has no credentials: add its access key to the AWS configuration files,"
                        + " or choose another with --profile or AWS_PROFILE");
  }

  private static boolean hasUnsupportedSource(String name) {
    return ProfileFile.defaultProfileFile()
        .profile(name)
        .map(Profile::properties)
        .filter(properties -> UNSUPPORTED_SOURCES.stream().anyMatch(properties::containsKey))
        .isPresent();
  }

  /** Returns the profile that the user chose. The profile 'default' may be missing. */
  private Optional<String> selectedProfile() {
    return Optional.ofNullable(profile)
        .or(
            () ->
                ProfileFileSystemSetting.AWS_PROFILE
                    .getStringValue()
                    .filter(name -> !name.equals("default")));
  }
}
