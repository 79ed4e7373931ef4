package dev.holdfast.verification.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitSeedTest {
  @Test
  void seed_isDerivedFromTheCommit() {
    assertThat(CommitSeed.of("dde69b0f12c16da07a2f0c6617e3d95b459900aa"))
        .isEqualTo(0xdde69b0f12L)
        .isNotEqualTo(CommitSeed.of("4820aa0f12c16da07a2f0c6617e3d95b459900aa"));
  }

  @Test
  void seed_outsideOfARepository_isRandom(@TempDir Path folder) throws IOException {
    ProcessBuilder git = new ProcessBuilder("git", "rev-parse", "--verify", "HEAD");
    git.environment().put("GIT_DIR", folder.toString());
    assertThat(CommitSeed.firstLine(git)).isEmpty();
    assertThat(CommitSeed.random()).isNotNegative().isNotEqualTo(CommitSeed.random());
  }

  @Test
  void seed_isBelowTheLargestNumberOfSchedules() {
    assertThat(CommitSeed.get()).isBetween(0L, 1L << 40);
  }
}
