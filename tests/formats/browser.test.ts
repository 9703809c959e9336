/** The HTML report in a browser: light and dark, wide and narrow, on screen and on paper. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTarget } from "../../src/formats/index.ts";
import { cases } from "../kit/hostile.ts";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (file) => file !== undefined && existsSync(file),
);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(executablePath === undefined)("the HTML report in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
  }, 60_000);

  afterAll(() => browser.close());

  /** Gives the page to look at, and what it asked for or said. */
  async function open(
    name: string,
    options: Parameters<Browser["newPage"]>[0],
    look: (page: Page, events: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const make = cases[name];
    if (make === undefined) throw new Error("There is no such case.");
    const text = readTarget("html").format.render(await make());
    const page = await browser.newPage(options);
    const events: string[] = [];
    page.on("request", (request) => events.push(request.url()));
    page.on("dialog", (dialog) => {
      events.push(dialog.message());
      void dialog.dismiss();
    });
    try {
      await page.setContent(text);
      await look(page, events);
    } finally {
      await page.close();
    }
  }

  const views = [
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 1280 },
    { colorScheme: "light", width: 390 },
  ] as const;

  it.each(views)(
    "has no fault that axe finds: $colorScheme, $width pixels wide",
    async ({ colorScheme, width }) => {
      const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
      await open("an ordinary run", options, async (page) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>("axe.run()");
        expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      });
    },
    120_000,
  );

  it.each(Object.keys(cases))(
    "runs nothing, loads nothing, is no wider than a phone and prints: %s",
    async (name) => {
      await open(name, { viewport: { width: 390, height: 800 } }, async (page, events) => {
        const found = await page.evaluate(
          `[document.documentElement.scrollWidth, document.querySelectorAll("script, img, iframe, [onerror], [onmouseover], a[href^='javascript:']").length]`,
        );
        expect(found).toEqual([390, 0]);
        const pdf = await page.pdf({ format: "A4" });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
        expect(events).toEqual([]);
      });
    },
    120_000,
  );
});
