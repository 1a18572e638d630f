package io.rengo.trainer.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rengo.agent.MemberData;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import java.nio.file.Path;

/// The examples' data, ready for training.
final class TestData {
  private TestData() {}

  static MemberData digits() {
    return load("{'format':'csv','path':'digits.csv.gz','normalise':{'kind':'scale','by':0.0625}}");
  }

  static MemberData tumours(String label, String task) {
    return load(
        "{'format':'csv','path':'wdbc.csv.gz','label':'%s','task':'%s','normalise':{'kind':'standard'}}"
            .formatted(label, task));
  }

  private static MemberData load(String json) {
    try {
      DataSettings settings =
          DataSettings.from(new JsonMapper().readTree(json.replace('\'', '"')), "test");
      return DataLoader.load(
          settings, Path.of(System.getProperty("rengo.root"), "examples", "data"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
