package io.rengo.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused when a definition is read, and how it is said.
class DefinitionTest {
  private static final String TASK =
      """
      {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
       "Arguments": {"FunctionName": "f"}, "End": true}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Type":"Pass","End":true,"Foo":1}              | state S, field Foo: no such field here
          {"Type":"Pass","End":true,"ResultPath":"$.a"}   | state S, field ResultPath: a field of JSONPath mode
          {"Type":"Pass","End":true,"Parameters":{}}      | use Arguments
          {"Type":"Pase","End":true}                      | state S, field Type: no state type is named Pase
          {"End":true}                                    | state S, field Type: the field is missing
          {"Type":"Pass"}                                 | state S, field Next: either Next or End
          {"Type":"Pass","End":true,"Next":"S"}           | state S, field Next: either Next or End
          {"Type":"Pass","Next":"T"}                      | state S, field Next: no state is named T
          {"Type":"Pass","Next":"T"}                      | States present: [S]
          {"Type":"Pass","End":true,"QueryLanguage":"JSONPath"} | state S, field QueryLanguage
          {"Type":"Pass","End":true,"Output":"{% 1 + %}"} | state S, field Output: the expression does not parse
          {"Type":"Pass","End":true,"Output":{"a":["{% ( %}"]}} | state S, field Output.a[0]
          {"Type":"Pass","End":true,"Output":"{% 1"}      | state S, field Output: an expression that is not closed
          {"Type":"Pass","End":true,"Output":"{% $x %}"}  | state S, field Output: no state assigns $x
          {"Type":"Pass","End":true,"Output":"{% $uuid() %}"} | $uuid in an expression
          {"Type":"Pass","End":true,"Output":"{% $hash('a','MD5') %}"} | $hash in an expression
          {"Type":"Pass","End":true,"Output":"{% $random(1) %}"} | $random in an expression
          {"Type":"Pass","End":true,"Output":"{% $eval('1') %}"} | $eval in an expression
          {"Type":"Pass","End":true,"Output":"{% $$.a %}"} | $$ in an expression
          {"Type":"Pass","End":true,"Assign":{"states":1}} | state S, field Assign.states: no variable may be named
          {"Type":"Pass","End":true,"Assign":{"a-b":1}}   | state S, field Assign.a-b
          {"Type":"Wait","End":true}                      | either Seconds or Timestamp
          {"Type":"Wait","Seconds":-1,"End":true}         | state S, field Seconds: not a whole number of 0 or more
          {"Type":"Choice","Choices":[]}                  | state S, field Choices: not an array with items
          {"Type":"Choice","Choices":[{"Condition":"{% true %}"}]} | state S, field Choices[0], field Next
          {"Type":"Choice","Choices":[{"Variable":"$.a","Next":"S"}]} | the field is missing
          {"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true} | the interpreter does not run arn:aws:states:::sqs:sendMessage
          {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"Payload":1},"End":true} | It needs FunctionName
          {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f","Name":1},"End":true} | takes [FunctionName, Payload]
          {"Type":"Map","ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"S"}}},"End":true} | state S > A, field Next: no state is named S
          {"Type":"Map","ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Succeed"}}},"ItemBatcher":{},"End":true} | state S, field ItemBatcher
          {"Type":"Parallel","Branches":[{"StartAt":"B","States":{}}],"End":true} | no state is named B
          """)
  void a_state_that_breaks_a_rule_is_named(String state, String message) {
    assertInvalid("\"S\": " + state, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Retry":[{"ErrorEquals":[]}]                                 | Retry[0], field ErrorEquals: not an array with items
          "Retry":[{"ErrorEquals":["States.ALL","A"]}]                 | Retry[0].ErrorEquals: States.ALL beside others
          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"},{"ErrorEquals":["A"],"Next":"S"}] | Catch[0].ErrorEquals
          "Catch":[{"ErrorEquals":["A"],"Next":"X"}]                   | no state is named X
          "Catch":[{"ErrorEquals":["A"],"ResultPath":"$","Next":"S"}]  | Catch[0], field ResultPath: a field of JSONPath mode
          "Retry":[{"ErrorEquals":["A"],"JitterStrategy":"HALF"}]      | no strategy is named HALF
          "Retry":[{"ErrorEquals":["A"],"BackoffRate":0.5}]            | BackoffRate: not a number of 1.0 or more
          "TimeoutSeconds":0                                           | TimeoutSeconds: not a whole number of 1 or more
          "TimeoutSecondsPath":"$.a"                                   | use TimeoutSeconds
          """)
  void a_task_that_breaks_a_rule_is_named(String field, String message) {
    assertInvalid("\"S\": " + TASK.replace("\"End\"", field + ", \"End\""), message);
  }

  @Test
  void a_state_that_nothing_leads_to_is_named() {
    assertInvalid(
        "\"S\": {\"Type\": \"Succeed\"}, \"Lost\": {\"Type\": \"Succeed\"}",
        "nothing leads to [Lost]");
  }

  @Test
  void an_inner_state_does_not_assign_an_outer_variable() {
    assertInvalid(
        """
        "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
        "M": {"Type": "Map", "Items": [1], "End": true, "ItemProcessor": {
          "StartAt": "P", "States": {
            "P": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}}
        """,
        "state M > P, field Assign.x: $x is a variable of an outer state");
  }

  @Test
  void a_distributed_map_does_not_read_outer_variables() {
    assertInvalid(
        """
        "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "M"},
        "M": {"Type": "Map", "Items": [1], "End": true, "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "P", "States": {"P": {"Type": "Pass", "Output": "{% $x %}", "End": true}}}}
        """,
        "state M > P, field Output: no state assigns $x");
  }

  @Test
  void names_that_an_expression_binds_itself_are_its_own() {
    assertThat(
            parse(
                """
                "S": {"Type": "Pass", "End": true, "Output": "{% ($a := 1; $f := function($b, $c){
                  $a + $b + $c}; $map([1], function($v, $i) { $f($v, $i) }) & 'of $d' ) %}"}
                """
                    .replace("\n", " ")))
        .isNotNull();
  }

  @Test
  void the_machine_itself_is_checked() {
    assertInvalidMachine("{\"StartAt\": \"S\"}", "field QueryLanguage: the field is missing");
    assertInvalidMachine(
        "{\"QueryLanguage\": \"JSONPath\"}", "field QueryLanguage: another query language");
    assertInvalidMachine(
        "{\"QueryLanguage\": \"JSONata\", \"States\": {}}", "field StartAt: the field is missing");
    assertInvalidMachine(
        "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"X\", \"States\":"
            + " {\"S\": {\"Type\": \"Succeed\"}}}",
        "field StartAt: no state is named X");
    assertInvalidMachine("{\"a\": 1, \"a\": 2}", "not JSON: Duplicate field");
    assertInvalidMachine("{", "not JSON");
  }

  @Test
  void substitutions_are_filled_in() throws Exception {
    Definition definition =
        Definition.parse(
            Trial.machine(
                """
                "S": {"Type": "Pass", "End": true, "Output": ["${A}", "{% '${B}' %}"]}
                """),
            Map.of("A", "one \"a\"", "B", "two"));

    assertThat(definition.flow().states()).containsOnlyKeys("S");
  }

  @Test
  void a_substitution_without_a_value_is_named() {
    assertInvalid(
        "\"S\": {\"Type\": \"Pass\", \"Output\": \"${Missing}\", \"End\": true}",
        "no value for ${Missing}");
  }

  private static Definition parse(String states) {
    return Definition.parse(Trial.machine(states), Map.of());
  }

  private static void assertInvalid(String states, String message) {
    assertInvalidMachine(Trial.machine(states), message);
  }

  private static void assertInvalidMachine(String definition, String message) {
    assertThatThrownBy(() -> Definition.parse(definition, Map.of()))
        .isInstanceOfSatisfying(
            RengoException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_INVALID);
              assertThat(flat(e)).contains(message);
            });
  }

  /// The error as `where: what … mend`.
  private static String flat(RengoException e) {
    String text = String.valueOf(e.getMessage()).substring(e.code().name().length() + 2);
    return e.where() + ": " + text.replace(" (at " + e.where() + ")", "");
  }
}
