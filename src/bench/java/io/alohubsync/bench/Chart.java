package io.alohubsync.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Horizontal bars, the first one in colour; a thin line shows the spread. */
final class Chart {

    private static final int SCALE = 2; // sharp on fine screens
    private static final int WIDTH = 900;
    private static final int LEFT = 200;
    private static final int RIGHT = 130; // for the number behind the longest bar
    private static final int TOP = 70;
    private static final int ROW = 42;
    private static final int BAR = 24;
    private static final int BOTTOM = 50;
    private static final Color INK = new Color(0x1f2933);
    private static final Color FAINT = new Color(0x6b7785);
    private static final Color OURS = new Color(0x1d6fb8);
    private static final Color OTHERS = new Color(0xb8c4d0);

    private final Graphics2D pen;
    private final double perUnit;

    private Chart(Graphics2D pen, Report report) {
        double most = report.bars().stream().mapToDouble(Bar::most).max().orElse(1);
        this.pen = pen;
        this.perUnit = (WIDTH - LEFT - RIGHT) / most;
    }

    static void draw(Report report, Machine machine, Path file) throws IOException {
        int height = TOP + ROW * report.bars().size() + BOTTOM;
        BufferedImage image = new BufferedImage(WIDTH * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.scale(SCALE, SCALE);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, height);
        new Chart(pen, report).draw(report, machine, height);
        pen.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private void draw(Report report, Machine machine, int height) {
        text(report.title(), 20, 32, Font.BOLD, 18, INK);
        text(report.unit() + "; bar: median, line: least to most", 20, 54, Font.PLAIN, 12, FAINT);
        for (int i = 0; i < report.bars().size(); i++) {
            bar(report.bars().get(i), TOP + i * ROW, i == 0 ? OURS : OTHERS);
        }
        text(
                machine.facts().get("cores") + " cores (" + machine.facts().get("processor") + "), JDK "
                        + Runtime.version() + ", " + machine.postgresVersion() + ", stub: "
                        + machine.facts().get("stub"),
                20,
                height - 18,
                Font.PLAIN,
                11,
                FAINT);
    }

    private void bar(Bar bar, int y, Color color) {
        int middle = y + ROW / 2;
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        int width = pen.getFontMetrics().stringWidth(bar.label());
        text(bar.label(), LEFT - 12 - width, middle + 5, Font.PLAIN, 13, INK);
        pen.setColor(color);
        pen.fillRect(LEFT, middle - BAR / 2, length(bar.value()), BAR);
        pen.setColor(INK);
        pen.setStroke(new BasicStroke(1.4f));
        pen.drawLine(LEFT + length(bar.least()), middle, LEFT + length(bar.most()), middle);
        for (double end : new double[] {bar.least(), bar.most()}) {
            pen.drawLine(LEFT + length(end), middle - 5, LEFT + length(end), middle + 5);
        }
        text(
                Report.number(bar.value()),
                LEFT + length(Math.max(bar.value(), bar.most())) + 10,
                middle + 5,
                Font.BOLD,
                14,
                INK);
    }

    private int length(double value) {
        return (int) Math.round(value * perUnit);
    }

    private void text(String text, int x, int y, int style, int size, Color color) {
        pen.setFont(new Font(Font.SANS_SERIF, style, size));
        pen.setColor(color);
        pen.drawString(text, x, y);
    }
}
