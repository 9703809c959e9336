/**
 * The two example applications: every weakness planted in the careless one is found, nothing else
 * is, and the hardened one is silent.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as typescript from "@typescript-eslint/parser";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const CARELESS = path.join(import.meta.dirname, "../examples/careless-api");
const HARDENED = path.join(import.meta.dirname, "../examples/hardened-api");
const PREFIX = `${plugin.meta.namespace}/`;

/** How far from the marked lines a finding may stand. */
const SLACK = 1;

/** The rules of the design. A weakness whose rule the plugin does not have yet is not asked for. */
const RULES = [
  "no-none-algorithm",
  "require-algorithms",
  "no-algorithm-confusion",
  "no-disallowed-algorithm",
  "no-hardcoded-key",
  "no-weak-key",
  "no-untrusted-key",
  "no-client-side-key",
  "no-unverified-claims",
  "no-unchecked-verification",
  "no-ignored-expiration",
  "require-audience-check",
  "require-issuer-check",
  "require-type-check",
  "require-max-age",
  "no-optional-authentication",
  "no-silent-verification-failure",
  "no-ineffective-option",
  "require-expiration",
  "no-long-lifetime",
  "no-invalid-lifetime",
  "require-audience",
  "require-issuer",
  "require-jti",
  "require-issued-at",
  "require-revocation-check",
  "no-sensitive-payload",
  "no-token-logging",
  "no-token-in-url",
  "no-token-in-web-storage",
  "require-secure-cookie",
  "no-insecure-transport",
  "no-hardcoded-token",
  "no-handmade-jwt",
] as const;

type RuleName = (typeof RULES)[number];

/** A piece of text that occurs once in the file, or the first and last of several lines. */
type Place = string | readonly [from: string, to: string];

interface Weakness {
  readonly file: string;
  readonly at: Place;
  readonly rule: RuleName;
  readonly messageId?: string;
  /** Rules that may see the same fault from their side, but need not. */
  readonly mayAlso?: readonly RuleName[];
  readonly why: string;
}

type Note = string | Pick<Weakness, "messageId" | "mayAlso" | "why">;

interface PlantedPlace {
  readonly place: Place;
  readonly rules: Readonly<Partial<Record<RuleName, Note>>>;
}

function at(place: Place, rules: PlantedPlace["rules"]): PlantedPlace {
  return { place, rules };
}

function plant(files: Readonly<Record<string, readonly PlantedPlace[]>>): Weakness[] {
  return Object.entries(files).flatMap(([file, places]) =>
    places.flatMap(({ place, rules }) =>
      Object.entries(rules).map(([rule, note]) => ({
        file,
        at: place,
        rule: rule as RuleName,
        ...(typeof note === "string" ? { why: note } : note),
      })),
    ),
  );
}

const NO_MAX_AGE = "However old a token is, it is good until the exp that its maker chose.";
const NO_TYPE = "A token made for another use passes: neither typ nor a claim is looked at.";

const planted = plant({
  "billing/src/auth/auth.module.ts": [
    at('config.get<string>("BILLING_JWT_SECRET") || "billing-secret"', {
      "no-hardcoded-key": "The fallback signs wherever the variable is missing.",
      "no-weak-key": "The fallback is 14 guessable characters.",
    }),
    at('expiresIn: "365d"', {
      "no-long-lifetime": "Every token of the module lives for a year.",
    }),
  ],
  "billing/src/auth/auth.service.ts": [
    at('expiresIn: "900"', {
      "no-invalid-lifetime": "A string of digits is milliseconds: the token dies in a second.",
    }),
    at("?token=${token}", {
      "no-token-in-url": "The result of sign stands in an address that programs and proxies log.",
    }),
  ],
  "billing/src/auth/feed.guard.ts": [
    at("this.jwtService.verifyAsync(", {
      "no-unchecked-verification": "A promise is always truthy: every token opens the feed.",
    }),
  ],
  "billing/src/auth/jwt-auth.guard.ts": [
    at(["handleRequest<User>", "return user;"], {
      "no-optional-authentication": {
        why: "Without a user nobody throws; for an expired token err is null.",
        mayAlso: ["no-unchecked-verification"],
      },
    }),
  ],
  "billing/src/auth/jwt.strategy.ts": [
    at(["super({", "jwtFromRequest"], {
      "require-algorithms": "No list at the top level.",
      "require-audience-check": "The one in jsonWebTokenOptions is overwritten with undefined.",
      "require-issuer-check": "The one in jsonWebTokenOptions is overwritten with undefined.",
      "require-max-age": NO_MAX_AGE,
      "require-type-check": NO_TYPE,
    }),
    at('ExtractJwt.fromUrlQueryParameter("token")', {
      "no-token-in-url": "The strategy takes tokens from the query string.",
    }),
    at("secretOrKey: `${process.env.BILLING_JWT_SECRET}`", {
      "no-hardcoded-key": 'The key is the text "undefined" when the variable is missing.',
    }),
    at('issuer: "parceldesk-billing"', {
      "no-ineffective-option": "passport-jwt reads issuer at the top level only.",
    }),
    at('audience: "billing"', {
      "no-ineffective-option": "passport-jwt reads audience at the top level only.",
    }),
    at(["validate(payload: BillingClaims)", "return {"], {
      "require-revocation-check": "The claims become the user, and nothing is looked up.",
    }),
  ],
  "billing/src/auth/machine-token.service.ts": [
    at("setExpirationTime(3600)", {
      "no-invalid-lifetime": "A number is a point in time: the token expired in 1970.",
    }),
    at("this.logger.log(`ledger token ${token}`)", {
      "no-token-logging": "The result of sign goes into the log of Nest.",
    }),
    at(['new SignJWT({ scope: "invoices:read" })', 'this.key("PARTNER_SIGNING_KEY")'], {
      "require-expiration": "A builder in a variable that nobody gives an expiry.",
      "require-issued-at": "jose adds no iat by itself.",
      "require-issuer": "Nobody calls setIssuer.",
      "require-jti": "Nobody calls setJti.",
      // Not require-audience: one branch sets it.
    }),
  ],
  "billing/src/auth/roles.guard.ts": [
    at(["this.jwtService.decode(token)", "required.every("], {
      "no-unverified-claims": "A guard lets people in by roles that they wrote themselves.",
    }),
  ],
  "billing/src/invoices/invoices.controller.ts": [
    at('response.cookie("portal_session"', {
      "require-secure-cookie": "Neither httpOnly nor secure, for the whole domain.",
    }),
  ],
  "server/jobs/report-sync.cjs": [
    at(["const REPORTING_TOKEN", '"eyJ'], {
      "no-hardcoded-token": "A signed service token, good for years.",
    }),
    at("rejectUnauthorized: false", {
      "no-insecure-transport": "The token goes to whoever answers.",
    }),
    at("jwt.sign({ sub: worker.id }", {
      "no-weak-key": "The fallback has 64 random bits where HS256 wants 256.",
      "require-audience": "No audience.",
      "require-expiration": "No expiry in the options or the payload.",
      "require-issuer": "No issuer.",
      "require-jti": "No jti.",
    }),
  ],
  "server/lib/partners.js": [
    at(["const { alg } = tokenHeader(token)", "algorithms: [alg]"], {
      "no-algorithm-confusion": "The list holds what the token itself asks for, through a helper.",
    }),
    at(["jwt.verify(token, partner.publicKey", "});"], {
      "require-max-age": NO_MAX_AGE,
    }),
    at(["jwt.verify(token, config.idp.publicKey", 'algorithms: ["RS256", "HS256"]'], {
      "no-algorithm-confusion": "HMAC and RSA in one list, for a public key.",
    }),
    at("issuer: /directory", {
      "no-ineffective-option": "jsonwebtoken ignores a regular expression here.",
    }),
    at(["jwt.verify(token, config.idp.publicKey", "});"], {
      "require-issuer-check": "An ignored option checks nothing.",
      "require-max-age": NO_MAX_AGE,
    }),
    at(["new TextEncoder().encode(config.idp.publicKey)", 'algorithms: ["HS256"]'], {
      "no-algorithm-confusion": "Whoever has the public key can make the MAC.",
    }),
    at(["new TextEncoder().encode(config.idp.publicKey)", "});"], {
      "require-max-age": NO_MAX_AGE,
    }),
    at('alg: "RSA1_5"', {
      "no-disallowed-algorithm": "PKCS #1 v1.5 key encryption has been broken since 1998.",
    }),
  ],
  "server/lib/scanner-tokens.js": [
    at(["const signature = createHmac(", "return `${header}.${payload}.${signature}`"], {
      "no-handmade-jwt": "An HMAC over header and payload, made by hand.",
    }),
    at(["const expected = createHmac(", "return signature === expected"], {
      "no-handmade-jwt": "A check by hand, in time that depends on the signature.",
    }),
  ],
  "config/index.js": [
    at('secret: process.env.JWT_SECRET || "parceldesk-dev"', {
      "no-hardcoded-key": "A literal stands in for JWT_SECRET.",
      "no-weak-key": "That literal is 14 guessable characters.",
    }),
  ],
  "server/lib/tokens.js": [
    at(["return jwt.sign({ sub: user.id, role: user.role }", "});"], {
      "no-hardcoded-key": "config.jwt.secret falls back to a literal in config/index.js.",
      "no-weak-key": "That literal is 14 guessable characters.",
      "require-audience": "No audience.",
      "require-issuer": "No issuer.",
      "require-jti": "No jti.",
    }),
    at("expiresIn: config.jwt.accessTtl", {
      "no-long-lifetime": "90 days, written in config/index.js.",
    }),
    at(["const refreshOptions = {", "process.env.JWT_REFRESH_SECRET"], {
      "require-expiration": "expiresIn is commented out in the options that the call takes.",
    }),
  ],
  "server/middleware/authenticate.js": [
    at("jwt.verify(token, config.jwt.secret)", {
      "no-hardcoded-key": "config.jwt.secret falls back to a literal in config/index.js.",
      "no-weak-key": "That literal is 14 guessable characters.",
      "require-algorithms": "No options at all.",
      "require-audience-check": "No options at all.",
      "require-issuer-check": "No options at all.",
      "require-max-age": NO_MAX_AGE,
      "require-type-check": NO_TYPE,
    }),
    at(["jwt.verify(token, config.jwt.secret)", "Invalid token"], {
      "no-silent-verification-failure": "A forged token is answered and leaves no trace.",
    }),
  ],
  "server/middleware/gateway.js": [
    at('jwksUri: "http://', {
      "no-insecure-transport": "Whoever sits on the wire brings the keys.",
    }),
    at('algorithms: ["RS256", "none"]', {
      "no-none-algorithm": "The key helper has no key for none, so unsigned tokens pass.",
    }),
    at(["staffAuth = expressjwt({", "});"], {
      "require-max-age": NO_MAX_AGE,
      "require-revocation-check": "No isRevoked.",
    }),
    at("credentialsRequired: false", {
      "no-optional-authentication": "Requests without a token go through.",
    }),
    at(["onExpired: async", "throw err"], {
      "no-ignored-expiration": "When the handler returns, the expired token is accepted.",
    }),
    at(["customerAuth = expressjwt({", "throw err"], {
      "require-audience-check": "No audience.",
      "require-issuer-check": "No issuer.",
      "require-max-age": NO_MAX_AGE,
      "require-revocation-check": "No isRevoked.",
      "require-type-check": NO_TYPE,
    }),
  ],
  "server/middleware/request-log.js": [
    at([":req[authorization]", "stream:"], {
      "no-token-logging": "The format of morgan writes the header of every request.",
    }),
    at("headers: req.headers }", {
      "no-token-logging": "All headers, with authorization and cookie among them.",
    }),
    at("console.warn(", {
      "no-token-logging": "The header itself; an expired token today was a good one yesterday.",
    }),
  ],
  "server/middleware/require-admin.js": [
    at(["JSON.parse(Buffer.from(", "claims.role !=="], {
      "no-unverified-claims": "Decoded by hand, and then it decides who is an administrator.",
    }),
  ],
  "server/realtime.js": [
    at("jwt.verify(socket.handshake.query.token, config.realtimeKey", {
      "no-hardcoded-key": "A good key, but it is written in config/index.js.",
      "no-token-in-url": "The token comes from the query of the handshake.",
    }),
    at(["jwt.verify(socket.handshake.query.token, config.realtimeKey", "});"], {
      "require-max-age": NO_MAX_AGE,
    }),
    at(["jwt.verify(socket.handshake.query.token", "// phones reconnect"], {
      "no-unchecked-verification": "The catch goes on as if the token had been good.",
    }),
  ],
  "server/routes/auth.js": [
    at("logger.info(`login", {
      "no-token-logging": "The token of the wrapper in lib/tokens.js goes into winston.",
    }),
    at('res.cookie("refresh_token"', {
      "require-secure-cookie": "Scripts read it, plain http carries it.",
    }),
    at("ignoreExpiration: true", {
      "no-ignored-expiration": "A refresh token is good for ever.",
    }),
    at(["jwt.verify(req.cookies.refresh_token", "});"], {
      "require-max-age": NO_MAX_AGE,
    }),
    at("jwt.sign({ ...user }", {
      "no-hardcoded-key": "The fallback stands in the call.",
      "no-sensitive-payload": "The whole user document, with hash and salt of the password.",
      "no-weak-key": "The fallback is ten guessable characters.",
    }),
    at('expiresIn: "3600"', {
      "no-invalid-lifetime": "A string of digits is milliseconds: three seconds.",
    }),
    at("signed-in?token=", {
      "no-token-in-url": "A redirect leaves the token in the history and in referrers.",
    }),
  ],
  "server/routes/devices.js": [
    at(["function deviceKey(", "header.kid"], {
      "no-untrusted-key": "The token's own kid becomes a path.",
    }),
    at('clockTolerance: "60"', {
      "no-ineffective-option": {
        why: "A string turns the check of exp off.",
        mayAlso: ["no-ignored-expiration"],
      },
    }),
    at(["jwt.verify(", "(err, claims)"], {
      "require-max-age": NO_MAX_AGE,
    }),
  ],
  "server/routes/orders.js": [
    at(["jwt.decode(bearer(req))", "customerId: user.sub }).toArray()"], {
      "no-unverified-claims": "Whose orders are shown is what the request says of itself.",
    }),
    at(["jwt.verify(req.query.token", "claims.sub"], {
      "no-unchecked-verification": "The callback never looks at err.",
    }),
    at("jwt.verify(req.query.token", {
      "no-token-in-url": "The token comes from the query string.",
    }),
    at(["const options = {", "jwt.verify(req.query.token"], {
      "require-max-age": NO_MAX_AGE,
    }),
  ],
  "server/routes/password-reset.js": [
    at("expiresIn: ONE_WEEK", {
      "no-invalid-lifetime": {
        why: "Milliseconds where seconds are read: 19 years.",
        mayAlso: ["no-long-lifetime"],
      },
    }),
    at("/reset?token=", {
      "no-token-in-url": "The result of sign in a link in a mail.",
    }),
    at('algorithm: "HS256"', {
      "no-ineffective-option": "verify reads algorithms.",
    }),
    at(["jwt.verify(req.body.token", "});"], {
      "require-algorithms": "An ignored option limits nothing.",
      "require-audience-check": "No audience: every token signed with the key resets a password.",
      "require-issuer-check": "No issuer.",
      "require-max-age": NO_MAX_AGE,
      "require-type-check": NO_TYPE,
    }),
  ],
  "server/routes/webhooks.js": [
    at(["jwt.decode(token, { complete: true })", "createPublicKey({ key: jwk"], {
      "no-untrusted-key": "The keys come from the address in the token's own jku.",
    }),
    at(["jwt.verify(token, createPublicKey(", "});"], {
      "require-max-age": NO_MAX_AGE,
    }),
  ],
  "web/src/api.ts": [
    at(['const API = "http://', "Authorization:"], {
      "no-insecure-transport": "Every request carries the token over plain http.",
    }),
  ],
  "web/src/auth/access.ts": [
    at(["const claims = jwtDecode<Claims>(token);", 'roles.includes("approver")'], {
      "no-unverified-claims": "Access is decided; the helpers above it only show, count and say.",
    }),
  ],
  "web/src/auth/preview.ts": [
    at(["import.meta.env.VITE_PREVIEW_SECRET", "new TextEncoder().encode(secret)"], {
      "no-client-side-key": "The bundler puts the signing key into the page.",
    }),
    at("orders?jwt=", {
      "no-token-in-url": "The result of sign in an address.",
    }),
  ],
  "web/src/auth/session.ts": [
    at('console.log("signed in"', {
      "no-token-logging": "The console is read by extensions and error trackers.",
    }),
    at('localStorage.setItem("accessToken"', {
      "no-token-in-web-storage": "Every script on the page can read it.",
    }),
    at('Cookies.set("refresh_token"', {
      "no-token-in-web-storage": "A cookie that a script sets can never be httpOnly.",
    }),
  ],
  "web/src/pages/SignedIn.tsx": [
    at(["sessionStorage.setItem(", "data.user"], {
      "no-token-in-web-storage": "The token inside an object inside JSON.",
    }),
    at("document.cookie =", {
      "no-token-in-web-storage": "A cookie that a script sets can never be httpOnly.",
    }),
  ],
  "web/src/tracking.ts": [
    at("?token=${accessToken}", {
      "no-token-in-url": "The address of a websocket stands in access logs.",
    }),
  ],
});

const expected = planted.filter(({ rule }) => rule in plugin.rules);

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly messageId: string | undefined;
  readonly message: string;
}

interface LineRange {
  readonly first: number;
  readonly last: number;
}

async function audit(folder: string): Promise<Finding[]> {
  const eslint = new ESLint({
    // Below the folder, so that the preset does not take the application for test code.
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...plugin.configs.all,
      { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
      { files: ["**/*.{ts,tsx}"], languageOptions: { parser: typescript } },
      {
        // House rules, which are off unless somebody asks for them.
        rules: {
          "jwt-audit/no-silent-verification-failure": ["error", { requireLog: true }],
          "jwt-audit/require-type-check": ["error", { always: true }],
        },
      },
    ],
  });
  const results = await eslint.lintFiles(["."]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message, messageId }) => ({
      file: path.relative(folder, filePath).split(path.sep).join("/"),
      line,
      rule: ruleId?.replace(PREFIX, "") ?? "(not read)",
      messageId,
      message,
    })),
  );
}

/** @returns the lines of a place, computed anew so that the list survives edits */
function locate({ file, at: place }: Weakness): LineRange {
  const text = readFileSync(path.join(CARELESS, file), "utf8");
  const [from, to] = typeof place === "string" ? [place, place] : place;
  const start = text.indexOf(from);
  if (start === -1) throw new Error(`${file} does not contain ${from}`);
  if (text.includes(from, start + 1)) throw new Error(`${file} contains ${from} twice`);
  const end = text.indexOf(to, start);
  if (end === -1) throw new Error(`${file} does not contain ${to} after ${from}`);
  return { first: lineAt(text, start), last: lineAt(text, end) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function isNear({ line }: Finding, { first, last }: LineRange): boolean {
  return line >= first - SLACK && line <= last + SLACK;
}

function answers(finding: Finding, weakness: Weakness): boolean {
  return (
    finding.file === weakness.file &&
    finding.rule === weakness.rule &&
    (weakness.messageId === undefined || finding.messageId === weakness.messageId) &&
    isNear(finding, locate(weakness))
  );
}

/** Each weakness needs a finding of its own: of those that answer it, the first that is free. */
function findMissed(weaknesses: readonly Weakness[], findings: readonly Finding[]): Weakness[] {
  const free = findings.toSorted((a, b) => a.line - b.line);
  return weaknesses
    .map((weakness) => ({ weakness, last: locate(weakness).last }))
    .toSorted((a, b) => a.last - b.last)
    .filter(({ weakness }) => {
      const index = free.findIndex((finding) => answers(finding, weakness));
      if (index !== -1) free.splice(index, 1);
      return index === -1;
    })
    .map(({ weakness }) => weakness);
}

function isListed(finding: Finding): boolean {
  return planted.some(
    (weakness) =>
      answers(finding, weakness) ||
      (weakness.mayAlso ?? []).some((rule) => answers(finding, { ...weakness, rule })),
  );
}

function describeWeakness(weakness: Weakness): string {
  return `${weakness.file}:${locate(weakness).first} ${weakness.rule}: ${weakness.why}`;
}

function describeFinding({ file, line, rule, message }: Finding): string {
  return `${file}:${line} ${rule}: ${message}`;
}

describe("careless-api", async () => {
  const findings = await audit(CARELESS);
  const pending = planted.length - expected.length;

  it.each([...new Set(planted.map(({ file }) => file))])("holds what is listed for %s", (file) => {
    const missed = findMissed(
      expected.filter((weakness) => weakness.file === file),
      findings.filter((finding) => finding.file === file),
    );
    expect(missed.map(describeWeakness)).toEqual([]);
  });

  it("has no finding that is not on the list", () => {
    expect(findings.filter((finding) => !isListed(finding)).map(describeFinding)).toEqual([]);
  });

  it(`is asked for ${expected.length} weaknesses, while ${pending} wait for their rule`, () => {
    // Marked text that is gone or no longer unique throws, for rules that do not exist yet as well.
    expect(planted.map((weakness) => locate(weakness).first)).not.toContain(0);
    expect(pending).toBe(planted.filter(({ rule }) => !(rule in plugin.rules)).length);
  });

  it.each(RULES)("plants a weakness for %s", (rule) => {
    expect(planted.some((weakness) => weakness.rule === rule)).toBe(true);
  });

  it("knows every rule of the plugin", () => {
    expect(Object.keys(plugin.rules).filter((rule) => !RULES.includes(rule as RuleName))).toEqual(
      [],
    );
  });
});

describe("hardened-api", async () => {
  const findings = await audit(HARDENED);

  it("has no findings", () => {
    expect(findings.map(describeFinding)).toEqual([]);
  });
});
