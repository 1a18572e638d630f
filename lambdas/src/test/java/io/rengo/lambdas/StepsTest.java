package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RengoException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final Place place = JobByHand.started(JobByHand.SMALL).place;

  private JsonNode run(Ports ports, String name, String input) {
    return new Steps(ports, Place.FEDERATION, Demands.NONE, Place.VERSIONS, report -> {})
        .run(name, Json.read(input, JsonNode.class, name));
  }

  @Test
  void go_from_json_to_json() {
    assertThat(run(place.ports, "Decide", "{\"job\":\"job-1\"}"))
        .hasToString(
            "{\"next\":\"round\",\"round\":1,\"purpose\":\"train\",\"deadlineSeconds\":3600,"
                + "\"state\":\"running\",\"reason\":\"\"}");
  }

  @Test
  void an_input_with_an_unknown_field_is_an_error() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> run(place.ports, "Decide", "{\"job\":\"job-1\",\"jub\":1}"))
        .matches(e -> e.code() == ErrorCode.MESSAGE_INVALID);
  }

  @Test
  void an_unknown_step_is_an_error_that_lists_the_steps() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> run(place.ports, "Decode", "{}"))
        .withMessageContaining("Decide")
        .matches(e -> e.code() == ErrorCode.CONFIG_INVALID);
  }

  @Test
  void what_may_pass_is_told_apart() {
    RecordStore down =
        (RecordStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RecordStore.class},
                (proxy, method, arguments) -> {
                  throw new RengoException(ErrorCode.SERVICE_UNAVAILABLE, "down", "here", "Wait");
                });
    Ports ports =
        new Ports(
            place.objects,
            place.queues,
            down,
            place.workflow,
            place.keys,
            place.ports.signer(),
            place.time);
    assertThatExceptionOfType(TransientException.class)
        .isThrownBy(() -> run(ports, "Decide", "{\"job\":\"job-1\"}"))
        .withMessageContaining("SERVICE_UNAVAILABLE: down");
  }

  @Test
  void are_those_that_the_state_machines_call_and_the_one_that_s3_does() throws Exception {
    TreeSet<String> called = new TreeSet<>();
    called.add("AcceptUpdate");
    for (String file : new String[] {"job", "round", "buffer", "region"}) {
      String text =
          Files.readString(
              Path.of(System.getProperty("rengo.root"), "statemachines", file + ".asl.json"));
      Pattern.compile("\\$\\{(\\w+)Function}")
          .matcher(text)
          .results()
          .forEach(match -> called.add(match.group(1)));
    }
    assertThat(
            new Steps(place.ports, Place.FEDERATION, Demands.NONE, Place.VERSIONS, report -> {})
                .names())
        .isEqualTo(called);
  }
}
