/**
 * What the demo and the tests run the daemon against: a real PostgreSQL, a simulated Alohub, a
 * small ERP. None of it is in the shipped jar.
 */
package io.alohubsync.demo;
