package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.privacy.Adjacency;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.RoundReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyCommandTest {
  @TempDir Path folder;

  @Test
  void epsilon_isToldByEveryAccountantWithItsTerms() {
    JsonNode answer =
        json(
            "epsilon --sampling-rate 0.01 --noise-multiplier 1.1 --steps 1000 --delta 1e-5"
                + " --format json");

    assertThat(answer.get("rdp").asDouble()).isCloseTo(1.71177, within(1e-4));
    assertThat(answer.get("pld").asDouble()).isCloseTo(1.5154, within(1e-3));
    assertThat(answer.get("zcdp").isNull()).isTrue();
    assertThat(answer.get("unit").asText()).isEqualTo("client");
    assertThat(answer.get("adjacency").asText()).isEqualTo("add-remove");
    assertThat(answer.get("delta").asDouble()).isEqualTo(1e-5);
    assertThat(answer.get("sampling").asText()).isEqualTo("poisson");
  }

  @Test
  void epsilon_inText_namesItsTerms() {
    Shell.Result result =
        run(
            "epsilon --noise-multiplier 30 --steps 10 --delta 1e-5 --unit example --adjacency replace");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("per example", "replace", "delta 1.0E-5", "without amplification", "zCDP");
  }

  @Test
  void sigmaAndRounds_answerEachOther() {
    JsonNode sigma =
        json("sigma --epsilon 2 --sampling-rate 0.01 --steps 500 --delta 1e-5 --format json");
    double noise = sigma.get("noiseMultiplier").asDouble();
    JsonNode rounds =
        json(
            "rounds --epsilon 2 --sampling-rate 0.01 --delta 1e-5 --format json --noise-multiplier "
                + noise);

    assertThat(sigma.get("epsilon").asDouble()).isBetween(1.99, 2.0);
    assertThat(rounds.get("rounds").asInt()).isBetween(500, 502);
  }

  @Test
  void turns_areAskedOfTheTree() {
    String terms = " --turns 16 --delta 1e-5 --format json";
    JsonNode cycle = json("epsilon --noise-multiplier 8 --steps 16" + terms);
    JsonNode two = json("epsilon --noise-multiplier 8 --steps 32" + terms);
    JsonNode ten = json("epsilon --noise-multiplier 8 --steps 10 --delta 1e-5 --format json");
    assertThat(two.get("pld").asDouble()).isCloseTo(ten.get("pld").asDouble(), within(2e-3));
    assertThat(cycle.get("pld").asDouble()).isLessThan(0.75 * two.get("pld").asDouble());
    assertThat(two.get("zcdp").asDouble()).isCloseTo(two.get("rdp").asDouble(), within(1e-2));
    assertThat(two.get("sampling").asText()).isEqualTo("turns");
    assertThat(two.get("restart").asInt()).isEqualTo(16);
    JsonNode sigma = json("sigma --epsilon 2 --steps 64" + terms);
    String noise = sigma.get("noiseMultiplier").asText();
    assertThat(json("rounds --epsilon 2 --noise-multiplier " + noise + terms).get("rounds").asInt())
        .isBetween(64, 79);
    assertThat(run("epsilon --sampling-rate 0.1 --noise-multiplier 8 --steps 9" + terms).status())
        .isEqualTo(2);
    assertThat(run("epsilon --restart 4 --noise-multiplier 8 --steps 9 --delta 1e-5").status())
        .isEqualTo(2);
  }

  @Test
  void plot_isAPicture() throws IOException {
    JsonNode answer =
        json(
            "plot --sampling-rate 0.01 --noise-multiplier 1.1 --steps 40 --delta 1e-5 --to p/e.png"
                + " --format json");
    BufferedImage picture = ImageIO.read(folder.resolve("p/e.png").toFile());

    assertThat(answer.get("file").asText()).isEqualTo("p/e.png");
    assertThat(answer.get("pld")).hasSize(40);
    assertThat(picture.getWidth()).isGreaterThan(500);
  }

  @Test
  void numbersThatCannotBe_areWrongUse() {
    Shell.Result result =
        run("epsilon --noise-multiplier -1 --steps 10 --delta 1e-5 --format json");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(result.json().at("/error/what").asText()).contains("noiseMultiplier");
    assertThat(run("sigma --epsilon 1 --steps 10 --delta 2").status()).isEqualTo(2);
  }

  @Test
  void budget_isSetAndShown() {
    Deployment deployment = new Deployment();
    Shell shell = new Shell(folder).over(deployment);
    Shell.Result none = shell.run("privacy", "budget", "--on", "aws");
    Shell.Result set =
        shell.run(("privacy budget --on aws --epsilon 8 --delta 1e-6 --format json").split(" "));
    Shell.Result member =
        shell.run("privacy budget --on aws --epsilon 4 --delta 1e-6 --member a".split(" "));

    assertThat(none.out()).contains("no limit");
    assertThat(set.json().at("/limit/epsilon").asDouble()).isEqualTo(8);
    assertThat(set.json().get("epsilon").asDouble()).isZero();
    assertThat(member.out()).contains("of 8.0 spent", "member a: limit 4.0");
    assertThat(shell.run("privacy", "budget", "--on", "aws", "--epsilon", "1").status())
        .isEqualTo(2);
    assertThat(new Shell(folder).run("privacy", "budget").status()).isEqualTo(2);
  }

  @Test
  void roundOfACentralJob_showsWhatWasSpentInPlaceOfTheMembers() {
    Deployment deployment = new Deployment();
    deployment.begin("j");
    RoundReport open = deployment.publish("j", 1, 0.5, List.of(), 0);
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new RoundTable(new Screen(out, out, false, false, false))
        .row(
            new RoundReport(
                1,
                open.purpose(),
                open.outcome(),
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                1,
                open.model(),
                Optional.empty(),
                List.of(),
                Optional.of(
                    new PrivacyReport(
                        PrivacySpec.Mechanism.CENTRAL,
                        "client",
                        Adjacency.ADD_REMOVE,
                        1e-5,
                        1,
                        2,
                        0.75,
                        8,
                        0.25))));

    assertThat(text.toString()).contains("epsilon 0.7500 of 8.0", "per client", "delta 1.0E-5");
    assertThat(text.toString().lines().skip(2).findFirst().orElseThrow())
        .matches("\\s+1(\\s+-){7}.*");
  }

  private JsonNode json(String words) {
    Shell.Result result = run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result.json();
  }

  private Shell.Result run(String words) {
    return new Shell(folder).run(("privacy " + words).split(" "));
  }
}
