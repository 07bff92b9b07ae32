package io.alohubsync.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A mail server that keeps what it gets: as much of SMTP as a client needs that sends. */
public final class MailSink implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> mails = new CopyOnWriteArrayList<>();

    /** Answers to RCPT: 250 takes it. */
    public volatile String answer = "250 ok";

    /** A part of the addresses that it does not take. */
    public volatile String unknown = "nobody";

    public MailSink() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    /** @param sockets those of TLS, for encryption from the first byte */
    public MailSink(ServerSocketFactory sockets) throws IOException {
        listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("mail-sink").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Each with its envelope before its headers. */
    public List<String> mails() {
        return mails;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, "220 sink");
            StringBuilder mail = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO", "HELO" -> say(client, "250 sink");
                    case "MAIL" -> {
                        mail.setLength(0);
                        mail.append(line).append('\n');
                        say(client, "250 ok");
                    }
                    case "RCPT" -> {
                        mail.append(line).append('\n');
                        say(client, line.contains(unknown) ? "550 5.1.1 no such user" : answer);
                    }
                    case "DATA" -> {
                        say(client, "354 go on");
                        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                            mail.append(text).append('\n');
                        }
                        mails.add(mail.toString());
                        say(client, "250 kept");
                    }
                    case "QUIT" -> {
                        say(client, "221 bye");
                        return;
                    }
                    default -> say(client, "250 ok");
                }
            }
        } catch (IOException gone) {
            // the client has ended the connection, as one does that does not trust the certificate
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
