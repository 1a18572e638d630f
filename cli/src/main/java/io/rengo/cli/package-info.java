/// The command `rengo`: what a person or a script does with jobs, here and on AWS.
@NullMarked
package io.rengo.cli;

import org.jspecify.annotations.NullMarked;
