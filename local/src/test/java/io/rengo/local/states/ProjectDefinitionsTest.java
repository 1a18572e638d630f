package io.rengo.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectDefinitionsTest {
  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

  @ParameterizedTest
  @ValueSource(strings = {"job.asl.json", "round.asl.json", "buffer.asl.json", "region.asl.json"})
  void the_projects_own_definitions_are_valid(String file) throws IOException {
    Path root = Path.of(System.getProperty("rengo.root", ".."));
    String json = Files.readString(root.resolve("statemachines").resolve(file));
    Map<String, String> names =
        NAME.matcher(json)
            .results()
            .map((MatchResult match) -> match.group(1))
            .distinct()
            .collect(Collectors.toMap(name -> name, name -> name));

    assertThat(Definition.parse(json, names).timeout()).isPresent();
  }
}
