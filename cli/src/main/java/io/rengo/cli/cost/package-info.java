/// What a job costs on AWS, from its job file alone.
@NullMarked
package io.rengo.cli.cost;

import org.jspecify.annotations.NullMarked;
