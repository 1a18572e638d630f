/// What crosses modules.
@NullMarked
package io.rengo.test;

import org.jspecify.annotations.NullMarked;
