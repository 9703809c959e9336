/** Where the scripts of a component stand, and in which language they are. */
import { describe, expect, it } from "vitest";
import { scriptsOf } from "../../src/cli/component-scripts.ts";

describe("scriptsOf", () => {
  const texts = (file: string, text: string): string[] =>
    scriptsOf(file, text).scripts.map((script) => {
      expect(script.text).toHaveLength(text.length);
      return script.text.trim();
    });

  it.each([
    [
      "attributes with brackets",
      '<script lang="ts" generic="T extends Array<string>">a()</script >',
      ["a()"],
    ],
    ["capitals", "<SCRIPT>a()</SCRIPT>", ["a()"]],
    ["what only looks like one", "<scripted>b</scripted><script-x>c</script-x>", []],
    [
      "data",
      '<script type="application/json">{}</script><script type="text/x-template">b</script>',
      [],
    ],
    ["no end", "<script>a()", []],
    ["an opening tag without end", '<script lang="ts>a()</script>', []],
    ["a comment without end", "<!-- <script>a()</script>", []],
    ["a comment in the script", "<script><!-- a\nb()</script>", ["<!-- a\nb()"]],
    ["one that closes itself", '<script src="a.js"/><script>b()</script>', ["b()"]],
  ])("%s", (_, text, expected) => {
    expect(texts("a.vue", text)).toEqual(expected);
  });

  it.each([
    ["---\na()\n---\n<p/>", ["a()"]],
    [
      "\uFEFF\n---\r\na()\r\n---\r\n<script>b()</script><script is:inline>c()</script>",
      ["a()", "b()", "c()"],
    ],
    ["---\n---", [""]],
    ["---\na()", []],
    ["<p>---</p>\n---\na()\n---", []],
  ])("Astro: %j", (text, expected) => {
    expect(texts("a.astro", text)).toEqual(expected);
  });

  it("says in which language they are", () => {
    const extension = (attributes: string): string | undefined =>
      scriptsOf("a.vue", `<script ${attributes}>a()</script>`).scripts[0]?.extension;
    expect(extension("setup")).toBe(".mjs");
    expect(extension("lang='ts'")).toBe(".ts");
    expect(extension("lang=tsx")).toBe(".tsx");
    expect(extension('type="text/typescript"')).toBe(".ts");
    expect(extension('type="module"')).toBe(".mjs");
    expect(
      scriptsOf("a.vue", "<script>a()</script><script lang='ts' setup>b()</script>").scripts,
    ).toMatchObject([{ extension: ".ts" }]);
  });

  it("reads a text of many openings in no time", () => {
    const text = '<script a="'.repeat(50_000) + "<!--".repeat(50_000);
    const start = performance.now();
    expect(texts("a.vue", text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
