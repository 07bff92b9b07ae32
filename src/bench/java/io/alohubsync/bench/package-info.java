/**
 * The benchmark: it runs the packaged daemon and other ways to do its main job on the same
 * PostgreSQL against the same stub, one after the other. docs/benchmarks/README.md says what is
 * measured and how. None of it is in the shipped jar.
 */
package io.alohubsync.bench;
