/**
 * Writes docs/libraries.md: what the plugin knows of each library, and which rules it is for.
 *
 * `--check` writes nothing and fails if the page is not what it would be.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import ts from "typescript";
import plugin from "../dist/index.js";

const PAGE = "docs/libraries.md";

const VERIFYING = ["verify", "middleware", "strategy"];

const verifies = ({ kind }) => VERIFYING.includes(kind);
const signs = ({ kind }) => kind === "sign";
const signsClaims = (entity) => signs(entity) && entity.claims !== undefined;
const takesKey = (entity) =>
  [...VERIFYING, "sign", "module"].includes(entity.kind) &&
  (entity.parameters?.key !== undefined || hasRole(entity, "key"));
const takesAlgorithm = (entity) =>
  entity.parameters?.algorithm !== undefined ||
  hasRole(entity, "algorithm", "algorithms", "header");
const setsLifetime = (entity) =>
  hasRole(entity, "lifetime", "expiresAt") ||
  Object.values(entity.claims ?? {}).includes("expiresAt") ||
  ["lifetime", "expiresAt"].includes(entity.sets);
const leavesOut = (role) => (entity) =>
  verifies(entity) &&
  (entity.checks?.[role] === "option" ||
    (entity.checks?.[role] === "required" && skips(entity, role)));

/** What a library has to have for a rule to say something about it. */
const RULES = {
  "no-algorithm-confusion": (entity) =>
    verifies(entity) &&
    (takesAlgorithm(entity) || !["never", undefined].includes(entity.checks?.confusion)),
  "no-client-side-key": (entity) => takesKey(entity) && signs(entity),
  "no-disallowed-algorithm": takesAlgorithm,
  "no-hardcoded-key": takesKey,
  "no-ignored-expiration": (entity) =>
    hasRole(entity, "ignoreExpiration", "clockTolerance", "clock", "onExpired"),
  "no-ineffective-option": (entity) =>
    optionsOf(entity).some(
      ([, { ignored, stringBreaks }]) => ignored !== undefined || stringBreaks === "never-expires",
    ) ||
    ["audience", "issuer", "subject", "jti", "maxAge", "type"].some((role) => skips(entity, role)),
  "no-invalid-lifetime": setsLifetime,
  "no-long-lifetime": (entity) => setsLifetime(entity) || entity.defaultLifetime !== undefined,
  "no-none-algorithm": (entity) =>
    entity.kind.startsWith("unsecured") ||
    (signs(entity) && takesAlgorithm(entity)) ||
    (verifies(entity) && !["never", undefined].includes(entity.checks?.none)),
  "no-optional-authentication": (entity) => hasRole(entity, "optional"),
  "no-sensitive-payload": (entity) => signs(entity) && entity.parameters?.payload !== undefined,
  "no-silent-verification-failure": ({ kind }) => kind === "verify",
  "no-unchecked-verification": ({ kind }) => kind === "verify",
  "no-untrusted-key": (entity) =>
    ["key-set", "embedded-key"].includes(entity.kind) ||
    hasRole(entity, "embeddedKey") ||
    (verifies(entity) && takesKey(entity)),
  "no-unverified-claims": ({ kind }) => kind === "decode",
  "no-weak-key": takesKey,
  "require-algorithms": (entity) =>
    verifies(entity) && ["by-key", "by-header"].includes(entity.checks?.algorithms),
  "require-audience": signsClaims,
  "require-audience-check": leavesOut("audience"),
  "require-expiration": signsClaims,
  "require-issued-at": signsClaims,
  "require-issuer": signsClaims,
  "require-issuer-check": leavesOut("issuer"),
  "require-jti": signsClaims,
  "require-max-age": (entity) => verifies(entity) && hasRole(entity, "maxAge"),
  "require-revocation-check": (entity) => hasRole(entity, "revocation"),
  "require-type-check": (entity) => verifies(entity) && hasRole(entity, "type"),
};

/** Rules that look at what becomes of tokens, whichever library made them. */
const OF_ALL = [
  "no-handmade-jwt",
  "no-hardcoded-token",
  "no-insecure-transport",
  "no-token-in-url",
  "no-token-in-web-storage",
  "no-token-logging",
  "require-secure-cookie",
];

const KINDS = {
  sign: "signs",
  verify: "verifies",
  middleware: "verifies requests",
  strategy: "verifies requests",
  decode: "reads unverified",
  header: "reads the header",
  "unsecured-sign": "makes unsigned tokens",
  "unsecured-verify": "takes unsigned tokens",
  module: "configures",
  "key-set": "finds keys",
  key: "makes a key",
  "generate-key": "generates a key",
  "embedded-key": "takes the key in the token",
  extractor: "finds the token",
};

const FAILURES = {
  throws: "throws",
  rejects: "rejects",
  "returns-false": "`false`",
  "returns-null": "`null`",
  "returns-undefined": "`undefined`",
  "returns-result": "in the result",
  responds: "answers 401",
};

const ALGORITHMS = {
  "by-key": "those that fit the key",
  "by-header": "that of the token's header",
  required: "none: a list is needed",
  fixed: "fixed",
};

const EXPIRATION = { "if-present": "if there is one", required: "required", never: "not checked" };

const CLAIM = { option: "if told", required: "always", never: "never" };

const unknown = Object.keys(plugin.rules).filter(
  (name) => !(name in RULES) && !OF_ALL.includes(name),
);
if (unknown.length > 0) {
  console.error(
    `Say in ${import.meta.filename} which libraries these rules are for: ${unknown.join(", ")}.`,
  );
  process.exit(1);
}

const libraries = (await loadLibraries()).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
const options = JSON.parse(readFileSync(fromRoot(".prettierrc.json"), "utf8"));
const text = await format(page(), { ...options, parser: "markdown" });
const current = existsSync(fromRoot(PAGE)) ? readFileSync(fromRoot(PAGE), "utf8") : "";
if (current !== text && process.argv.includes("--check")) {
  console.error(`${PAGE} is out of date. Run npm run docs.`);
  process.exitCode = 1;
} else if (current !== text) {
  writeFileSync(fromRoot(PAGE), text);
  console.log(PAGE);
}

function page() {
  const packages = libraries.flatMap(({ name, compatible = [] }) => [name, ...compatible]);
  return [
    "# Libraries",
    "This page is generated from the descriptions in `src/libraries/`.",
    `The rules know what the calls of these ${String(packages.length)} packages mean: where token, key and options stand, what is checked without being asked for, how a failure shows, and which options are not read. Most of it was found by running the releases in the second column; \`tests/libraries/\` runs those of the most used ones again. Where a package has no release there, its source or its types were read.`,
    "A package or a module of your own is described in [the settings](./settings.md).",
    table(
      ["Package", "Releases", "Calls", "Rules"],
      libraries.map((library) => [
        `[${library.name}](#${anchor(library.name)})`,
        library.verified.join(", "),
        [...new Set(callsOf(library).map(({ entity }) => KINDS[entity.kind]))].join(", "),
        String(rulesOf(library).length),
      ]),
    ),
    ...libraries.flatMap((library) => section(library)),
  ].join("\n\n");
}

function section(library) {
  const { name, compatible = [], modules, current: assumed } = library;
  const specifiers = [...new Set(modules.map(({ specifier }) => specifier))];
  const calls = callsOf(library);
  const checking = calls.filter(({ entity }) => entity.checks !== undefined);
  const ignored = ignoredOf(library);
  return [
    `## ${name}`,
    [
      `Imported from ${specifiers.map(code).join(", ")}.`,
      ...(compatible.length > 0
        ? [`So are ${compatible.map(code).join(", ")}, which have the same interface.`]
        : []),
      `Where no release is known, ${assumed} is assumed.`,
    ].join(" "),
    table(
      ["Call", "", "Failure"],
      calls.map(({ path, entity }) => [
        code(spelled(path)),
        KINDS[entity.kind],
        verifies(entity) || entity.kind === "decode" ? (FAILURES[entity.failure] ?? "") : "",
      ]),
    ),
    ...(checking.length === 0
      ? []
      : [
          table(
            [
              "Verification",
              "Release",
              "Algorithms without a list",
              "Expiry",
              "Audience",
              "Issuer",
            ],
            checking.flatMap(({ path, entity }) =>
              releasesOf(entity).map(([versions, { checks }]) => [
                code(spelled(path)),
                versions,
                ALGORITHMS[checks.algorithms] ?? "",
                EXPIRATION[checks.expiration] ?? "",
                CLAIM[checks.audience] ?? "",
                CLAIM[checks.issuer] ?? "",
              ]),
            ),
          ),
        ]),
    ...(ignored.length === 0
      ? []
      : [
          `Names that are not read: ${ignored.map(([wrong, meant]) => (meant === undefined ? code(wrong) : `${code(wrong)} (${code(meant)} is)`)).join(", ")}.`,
        ]),
    rulesLine(library),
  ];
}

function rulesLine(library) {
  const links = rulesOf(library).map((rule) => `[${rule}](./rules/${rule}.md)`);
  return links.length === 0
    ? "Its results count where the calls of other libraries are given them."
    : `Rules: ${links.join(", ")}.`;
}

/** The calls that a table shows: parts of builders and the like stay out, and what stands for another package. */
function callsOf({ entities, schemes = [] }) {
  const others = new Set(schemes.map(({ another }) => another));
  return Object.entries(entities)
    .filter(([path, { kind }]) => kind in KINDS && !others.has(path))
    .map(([path, entity]) => ({ path, entity }));
}

/** `"SignJWT#.sign"` is a method of an instance, `""` and `"default"` the module itself. */
function spelled(path) {
  return path.replaceAll("#", "").replace(/^default$/u, "the package's export");
}

/** An entity as it is now, and as it was in releases in which it checked something else. */
function releasesOf(entity) {
  const others = (entity.variants ?? []).filter((variant) => {
    const { algorithms, expiration, audience, issuer } = {
      ...entity.checks,
      ...variant.entity.checks,
    };
    const is = entity.checks;
    return (
      variant.entity.checks !== undefined &&
      (algorithms !== is.algorithms ||
        expiration !== is.expiration ||
        audience !== is.audience ||
        issuer !== is.issuer)
    );
  });
  return [
    ["", entity],
    ...others.map(({ versions, entity: part }) => [versions, { ...entity, ...part }]),
  ];
}

function ignoredOf({ entities }) {
  const found = new Map();
  for (const entity of Object.values(entities)) {
    for (const [name, { ignored }] of optionsOf(entity)) {
      if (ignored !== undefined) found.set(name, ignored.meant);
    }
  }
  return [...found].toSorted(([a], [b]) => a.localeCompare(b, "en"));
}

function rulesOf({ entities }) {
  const all = Object.values(entities).flatMap((entity) => [
    entity,
    ...(entity.variants ?? []).map((variant) => ({ ...entity, ...variant.entity })),
  ]);
  return Object.keys(plugin.rules)
    .filter((name) => all.some((entity) => RULES[name]?.(entity)))
    .toSorted();
}

/** Options by name, with those that stand as arguments of their own. */
function optionsOf(entity) {
  return [
    ...Object.entries(entity.options ?? {}),
    ...Object.entries(entity.arguments ?? {}),
  ].flatMap(([name, models]) => [models].flat().map((model) => [name, model]));
}

function hasRole(entity, ...roles) {
  return optionsOf(entity).some(
    ([, { role, ignored }]) => ignored === undefined && roles.includes(role),
  );
}

function skips(entity, role) {
  return optionsOf(entity).some(
    ([, model]) => model.role === role && (model.skippedWhen?.length ?? 0) > 0,
  );
}

/** The descriptions are TypeScript and not part of the package: they are compiled and loaded here. */
async function loadLibraries() {
  const folder = mkdtempSync(join(tmpdir(), "libraries-"));
  try {
    const source = fromRoot("src/libraries");
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const name of readdirSync(source)) {
      const { outputText } = ts.transpileModule(readFileSync(join(source, name), "utf8"), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          rewriteRelativeImportExtensions: true,
          verbatimModuleSyntax: true,
        },
      });
      writeFileSync(join(folder, name.replace(/\.ts$/u, ".js")), outputText);
    }
    const { libraries: loaded } = await import(pathToFileURL(join(folder, "index.js")).href);
    return loaded;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(value) {
  return `\`${value}\``;
}

/** As GitHub makes them of headings. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/gu, "")
    .replaceAll(" ", "-");
}

function fromRoot(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
