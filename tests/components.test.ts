/** Components of Vue, Svelte and Astro: by their parsers in ESLint, and by the command without them. */
import * as typescript from "@typescript-eslint/parser";
import * as astro from "astro-eslint-parser";
import { Linter } from "eslint";
import * as svelte from "svelte-eslint-parser";
import { afterAll, describe, expect, it } from "vitest";
import * as vue from "vue-eslint-parser";
import plugin from "../src/index.ts";
import { audit, folderWith, removeFolders } from "./kit/cli.ts";
import type { Files } from "./kit/cli.ts";

afterAll(removeFolders);

const KEEPS = 'localStorage.setItem("accessToken", data.accessToken);';

const VUE = `<!-- <script>localStorage.setItem("token", token)</script> -->
<template>
  <a :href="'/files?access_token=' + token" title="a > b">Files</a>
</template>

<script lang="ts">
export const name: string = "Login";
</script>

<script setup lang="ts" generic="T extends string">
import { ref } from "vue";
import { KEPT } from "./names";
const token = ref<string>("");
async function login() {
  const { data } = await axios.post<{ accessToken: string }>("/api/login");
  ${KEEPS}
  token.value = <string>data.accessToken;
  sessionStorage.setItem(KEPT, token.value);
}
</script>

<style scoped>
a { color: red }
</style>
`;

const VUE_FINDINGS = ["no-token-in-web-storage 16:3", "no-token-in-web-storage 18:3"];

const NAMES = 'export const KEPT = "refresh_token";\n';

const SVELTE = `<script context="module">
  export const prerender = false;
</script>
<script>
  import { page } from "$app/stores";
  async function login() {
    const data = await (await fetch("/api/login", { method: "POST" })).json();
    ${KEEPS}
  }
  $: current = $page;
</script>
{#if current}<button on:click={login}>Log in</button>{/if}
`;

const SVELTE_FINDINGS = ["no-token-in-web-storage 8:5"];

const ASTRO = `---
import jwt from "jsonwebtoken";
const token = Astro.cookies.get("token")?.value as string;
const claims = jwt.decode(token);
if (claims.role !== "admin") return Astro.redirect("/login");
---
<html>
  <head><script type="application/ld+json">{ "token": "jwt" }</script></head>
  <body>
    <script>
      const token: string = new URLSearchParams(location.hash).get("access_token")!;
      localStorage.setItem("accessToken", token);
    </script>
  </body>
</html>
`;

const PARSERS = {
  vue: { parser: vue, parserOptions: { parser: typescript } },
  svelte: { parser: svelte, parserOptions: { parser: typescript } },
  astro: { parser: astro, parserOptions: { parser: typescript } },
} as const;

function lint(code: string, kind: keyof typeof PARSERS, filename: string): string[] {
  const messages = new Linter({ cwd: "/" }).verify(
    code,
    [
      ...[plugin.configs.recommended].flat(),
      { files: [`**/*.${kind}`], languageOptions: PARSERS[kind] },
    ],
    { filename },
  );
  return messages.map(
    ({ ruleId, line, column, message }) =>
      `${ruleId?.replace("jwt-audit/", "") ?? message} ${line}:${column}`,
  );
}

async function audited(files: Files) {
  const { report } = await audit(folderWith(files), ["--preset", "recommended"]);
  return {
    report,
    left: report.coverage.notAnalysed.map(({ file, reason }) => `${file}: ${reason}`),
    found: report.findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`),
  };
}

describe("in ESLint, by the parser of the framework", () => {
  it("the scripts of Vue are judged, with what they import", () => {
    const folder = folderWith({ "Login.vue": VUE, "names.ts": NAMES });
    expect(lint(VUE, "vue", `${folder}/Login.vue`)).toEqual(VUE_FINDINGS);
  });

  it("so are those of Svelte", () => {
    expect(lint(SVELTE, "svelte", "/src/Login.svelte")).toEqual(SVELTE_FINDINGS);
  });

  it("so is the frontmatter of Astro", () => {
    expect(lint(ASTRO, "astro", "/src/index.astro")).toContain("no-unverified-claims 4:16");
  });

  it("a component of Vue or Svelte is code of the page, whatever it imports", () => {
    const script = `<script>
import { SignJWT } from "jose";
const key = new TextEncoder().encode("9f8e1c3b5a7d4e2f9f8e1c3b5a7d4e2f");
export const sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setExpirationTime("5m").sign(key);
</script>`;
    const rules = (code: string, kind: keyof typeof PARSERS) =>
      lint(code, kind, `/src/Sign.${kind}`).map((one) => one.split(" ")[0]);
    expect(rules(script, "vue")).toContain("no-client-side-key");
    expect(rules(script, "svelte")).toContain("no-client-side-key");
    const server = script.replace("<script>", "---").replace("</script>", "---\n");
    expect(rules(server, "astro")).not.toContain("no-client-side-key");
    expect(rules(server, "astro")).toContain("no-hardcoded-key");
  });
});

describe("in the audit, without any parser installed", () => {
  it("the scripts of Vue are one module, at their places in the file", async () => {
    const { report, left, found } = await audited({ "Login.vue": VUE, "names.ts": NAMES });
    expect(left).toEqual([]);
    expect(found).toEqual(VUE_FINDINGS);
    expect(report.coverage.files.linted).toBe(2);
    expect(report.header.unknown).toContain(
      "Tokens are mentioned outside of the scripts, where nothing is read: Login.vue.",
    );
  });

  it("so are those of Svelte, with its labels and stores", async () => {
    const { report, left, found } = await audited({ "Login.svelte": SVELTE });
    expect(left).toEqual([]);
    expect(found).toEqual(SVELTE_FINDINGS);
    expect(report.header.unknown.join(" ")).not.toContain("outside of the scripts");
  });

  it("a class that is called a token is no token", async () => {
    const { report } = await audited({
      "Chips.vue": `<template><ul class="p-chips-token"><li v-for="token in tokens">{{ token }}</li></ul></template><script>\nexport default { name: "tokens" };\n</script>`,
    });
    expect(report.header.unknown.join(" ")).not.toContain("outside of the scripts");
  });

  it("in Astro server and page are told apart", async () => {
    const { report, left, found } = await audited({ "index.astro": ASTRO });
    expect(left).toEqual([]);
    expect(found).toEqual(["no-unverified-claims 4:16", "no-token-in-web-storage 12:7"]);
    expect(report.coverage.operations).toMatchObject([{ library: "jsonwebtoken", count: 1 }]);
  });

  it("a page of Astro may be left in the middle, whatever else its module does", async () => {
    const page = ASTRO.replace(
      "---\n<html>",
      "const rows = await fetch(import.meta.env.API);\nif (!rows.ok) return new Response(null, { status: 502 });\n---\n<html>",
    );
    const { left, found } = await audited({ "index.astro": page });
    expect(left).toEqual([]);
    expect(found).toContain("no-unverified-claims 4:16");
    const elsewhere = await audited({
      "page.ts": 'import jwt from "jsonwebtoken";\nif (await jwt.decode(token)) return;',
    });
    expect(elsewhere.left).toEqual([expect.stringContaining("'return' statement")]);
  });

  it("a comment that disables a rule is a waiver, as anywhere", async () => {
    const code = SVELTE.replace(
      KEEPS,
      `// eslint-disable-next-line jwt-audit/no-token-in-web-storage -- a demo\n    ${KEEPS}`,
    );
    const { report, found } = await audited({ "Login.svelte": code });
    expect(found).toEqual(["no-token-in-web-storage 9:5"]);
    expect(report.waivers).toMatchObject([
      { path: "Login.svelte", rule: "no-token-in-web-storage", state: "valid" },
    ]);
  });

  it("what has no script, or none that speaks of tokens, is passed over", async () => {
    const { report, left, found } = await audited({
      "a.vue": '<script>import jwt from "jsonwebtoken"</script>',
      "b.vue": "<template><p>Hello</p></template>",
      "c.svelte": "<p>token</p>",
      "d.astro": "",
      "e.vue": '<script src="./token.js"></script>',
    });
    expect([left, found]).toEqual([[], []]);
    expect(report.coverage.files).toMatchObject({ linted: 5, withoutJwt: 4 });
  });

  it.each([
    [
      "another language",
      '<script lang="coffee">jwt.sign a</script>',
      'Its script is in "coffee", which is not read.',
    ],
    [
      "a name that objects have",
      '<script lang="constructor">jwt.sign a</script>',
      'Its script is in "constructor", which is not read.',
    ],
    [
      "a syntax error",
      "<p>\n<script>\nconst jwt = ;\n</script>",
      "Line 3: Parsing error: Unexpected token ;",
    ],
  ])("%s is named with its reason", async (_, code, reason) => {
    const { report, left } = await audited({ "a.vue": code });
    expect(left).toEqual([`a.vue: ${reason}`]);
    expect(report.verdict.status).toBe("unknown");
  });
});
