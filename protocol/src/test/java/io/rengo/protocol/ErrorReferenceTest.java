package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/reference/errors.md` explains each code once, and no other.
final class ErrorReferenceTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([A-Z0-9_]+)` \\| ([^|]{20,}\\.) \\| ([^|]{15,}\\.) \\|$", Pattern.MULTILINE);

  @Test
  void everyCode_isExplainedOnceInTheOrderOfTheEnum() {
    String page = SampleJobs.text(SampleJobs.repository("docs/reference/errors.md"));
    List<String> explained = ROW.matcher(page).results().map(row -> row.group(1)).toList();
    assertThat(explained)
        .isEqualTo(Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
  }
}
