package io.rengo.aws;

import io.rengo.protocol.Workflow;
import io.rengo.protocol.WorkflowContract;

class SfnWorkflowContractTest extends WorkflowContract {
  @Override
  protected Workflow workflow(String definition) {
    return SfnWorkflowTest.workflow(definition);
  }
}
