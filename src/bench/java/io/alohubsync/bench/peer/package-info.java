/**
 * Other ways to do the daemon's main job, each a program of its own, set up as well as we could.
 * None of them checks phones, keeps a history, fences what it writes or minds a second replica that
 * has died.
 */
package io.alohubsync.bench.peer;
