/// The ports on AWS: objects in S3, queues in SQS, records in DynamoDB, workflows in Step
/// Functions.
@NullMarked
package io.rengo.aws;

import org.jspecify.annotations.NullMarked;
