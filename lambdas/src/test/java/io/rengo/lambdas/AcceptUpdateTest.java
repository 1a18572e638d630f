package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RengoException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AcceptUpdateTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private static List<String> failures(JsonNode output) {
    return output.path("batchItemFailures").findValuesAsText("itemIdentifier");
  }

  private ObjectNode good(String member) {
    return TestUpdate.of(place, 1, member).send();
  }

  @Test
  void several_records_in_one_message_and_several_messages_in_one_batch_count() {
    job.open(1);
    ObjectNode output = job.deliver(Events.joined("two", good("ann"), good("bob")), good("cid"));
    assertThat(failures(output)).isEmpty();
    assertThat(place.round(1).accepted()).isEqualTo(3);
    assertThat(place.workflow.woken).containsExactly("token-1");
  }

  @Test
  void the_wait_ends_with_the_last_update_and_not_before() {
    job.open(1);
    job.answer(1, List.of("ann", "bob"));
    assertThat(place.workflow.woken).isEmpty();
    job.answer(1, List.of("cid"));
    assertThat(place.workflow.woken).containsExactly("token-1");
  }

  @Test
  void what_members_sent_may_expire_whether_it_counts_or_not() {
    job.open(1);
    List<String> expiring = new ArrayList<>();
    Ports ports = with(place.ports, expiring);
    TestUpdate late = TestUpdate.of(place, 1, "cid");
    ObjectNode broken = TestUpdate.of(place, 1, "bob").manifest(m -> m.put("examples", 0)).send();
    new AcceptUpdate(ports, Place.FEDERATION, place.authority, report -> {})
        .run(Events.batch(good("ann"), broken));
    job.close(1);
    new AcceptUpdate(ports, Place.FEDERATION, place.authority, report -> {})
        .run(Events.batch(late.send()));

    assertThat(expiring)
        .containsExactlyInAnyOrderElementsOf(
            place.objects.list(Place.KEYS.updates(1)).stream()
                .map(ObjectInfo::key)
                .filter(key -> !key.equals(Place.KEYS.manifest(1, "ann")))
                .toList());
  }

  private static Ports with(Ports ports, List<String> expiring) {
    ObjectStore store =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("letExpire")) {
                    expiring.add((String) arguments[0]);
                  }
                  return method.invoke(ports.objects(), arguments);
                });
    return new Ports(
        store,
        ports.queues(),
        ports.records(),
        ports.workflow(),
        ports.keys(),
        ports.signer(),
        ports.clock());
  }

  @Test
  void the_same_event_three_times_counts_once() {
    job.open(1);
    ObjectNode ann = good("ann");
    job.deliver(ann, ann);
    job.deliver(ann);
    assertThat(place.round(1).accepted()).isEqualTo(1);
    assertThat(place.refusals(1)).isEmpty();
  }

  @Test
  void a_refusal_delivered_three_times_counts_once_even_when_the_round_was_closed_meanwhile() {
    job.open(1);
    ObjectNode broken = TestUpdate.of(place, 1, "ann").text("{").send();
    job.deliver(broken, broken);
    job.answer(1, List.of("bob", "cid"));
    job.close(1);
    job.deliver(broken);
    assertThat(place.round(1).refused()).isEqualTo(1);
    assertThat(place.refusals(1)).hasSize(1);
  }

  @Test
  void a_late_update_delivered_again_is_refused_once() {
    job.open(1);
    job.close(1);
    ObjectNode late = good("ann");
    assertThat(failures(job.deliver(late, late))).isEmpty();
    assertThat(failures(job.deliver(late))).isEmpty();
    assertThat(place.refusals(1)).hasSize(1);
  }

  @Test
  void the_same_events_at_the_same_time_count_once() {
    for (int repeat = 0; repeat < 10; repeat++) {
      JobByHand fresh = JobByHand.started(JobByHand.SMALL);
      fresh.open(1);
      ObjectNode[] messages =
          Place.MEMBERS.stream()
              .map(member -> TestUpdate.of(fresh.place, 1, member).send())
              .toArray(ObjectNode[]::new);
      try (var threads = Executors.newFixedThreadPool(8)) {
        List<Future<ObjectNode>> outputs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
          ObjectNode message = messages[i % 3];
          outputs.add(threads.submit(() -> fresh.deliver(message)));
        }
        outputs.forEach(output -> assertThat(failures(Concurrently.await(output))).isEmpty());
      }
      assertThat(fresh.place.round(1).accepted()).isEqualTo(3);
      assertThat(fresh.place.refusals(1)).isEmpty();
      assertThat(fresh.place.workflow.woken).contains("token-1");
    }
  }

  @Test
  void keys_come_encoded_as_in_a_form() {
    job.open(1);
    good("ann");
    ObjectNode record = Events.created("", "etag");
    String key = Place.KEYS.manifest(1, "ann").replace("/", "%2F").replace("-", "%2D");
    ((ObjectNode) record.path("s3").path("object")).put("key", key);
    job.deliver(Events.message("m", record));
    assertThat(place.round(1).accepted()).isEqualTo(1);
  }

  @Test
  void what_is_no_news_of_an_update_is_dropped() {
    job.open(1);
    ObjectNode output =
        job.deliver(
            Events.text("test", "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}"),
            Events.text("broken", "no json"),
            Events.text("empty", ""),
            Events.text("null", "null"),
            Events.message("other", Events.created("jobs/job-1/models/000001.safetensors", "e")),
            Events.message(
                "nobody", Events.created("jobs/../rounds/000001/updates/a/manifest", "")),
            Events.text("percent", "{\"Records\":[{\"s3\":{\"object\":{\"key\":\"%zz\"}}}]}"));
    assertThat(failures(output)).isEmpty();
    assertThat(place.refusals(1)).isEmpty();
  }

  @Test
  void an_evaluation_needs_no_payload() {
    job.open(1, Purpose.EVALUATE);
    job.deliver(TestUpdate.of(place, 1, "ann").sendManifest());
    assertThat(place.round(1).accepted()).isEqualTo(1);
  }

  @Test
  void more_updates_than_one_commit_takes_count_in_several() {
    ObjectNode[] unknown = new ObjectNode[250];
    for (int i = 0; i < unknown.length; i++) {
      String key = new ObjectKeys("other").manifest(1, "m" + i);
      unknown[i] = Events.message("m" + i, Events.created(key, "e"));
    }
    assertThat(failures(job.deliver(unknown))).isEmpty();
    assertThat(place.records.list(RecordKeys.roundPartition("other", 1), "refused")).hasSize(250);
  }

  @Test
  void only_messages_of_the_round_that_failed_go_back() {
    job.round(1);
    job.open(2);
    job.open(3);
    ObjectNode second =
        Events.text("second", TestUpdate.of(place, 2, "ann").send().path("body").asText());
    ObjectNode third =
        Events.text("third", TestUpdate.of(place, 3, "ann").send().path("body").asText());
    ObjectNode both =
        Events.joined(
            "both", TestUpdate.of(place, 2, "bob").send(), TestUpdate.of(place, 3, "bob").send());
    Ports ports =
        new Ports(
            place.objects,
            place.queues,
            failing("round#000002"),
            place.workflow,
            place.keys,
            place.ports.signer(),
            place.time);
    ObjectNode output =
        new AcceptUpdate(ports, Place.FEDERATION, Optional.empty(), report -> {})
            .run(Events.batch(second, third, both));
    assertThat(failures(output)).containsExactly("both", "second");
    assertThat(place.round(3).accepted()).isEqualTo(2);
    assertThat(failures(job.deliver(second, both))).isEmpty();
    assertThat(place.round(2).accepted()).isEqualTo(2);
    assertThat(place.round(3).accepted()).isEqualTo(2);
  }

  /// Records that cannot be reached in partitions with such a name.
  private RecordStore failing(String partition) {
    return (RecordStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, arguments) -> {
              if (String.valueOf(List.of(arguments)).contains(partition)) {
                throw new RengoException(
                    ErrorCode.SERVICE_UNAVAILABLE, "throttled", partition, "Wait");
              }
              try {
                return method.invoke(place.records, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
